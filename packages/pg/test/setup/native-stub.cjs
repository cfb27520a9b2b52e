const { EventEmitter } = require('node:events');

/** As much of the package pg-native as it takes to make a pool: the binding to libpq is compiled, and not needed for that. */
module.exports = class Native extends EventEmitter {};

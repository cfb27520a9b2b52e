#!/usr/bin/env node
import { runConfigCommand } from '../../dist/command.js';

process.exitCode = runConfigCommand(process.argv.slice(2));

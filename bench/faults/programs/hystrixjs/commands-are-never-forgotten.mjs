// A thousand tenants, one command each, built, used and dropped.
import hystrix from 'hystrixjs';

for (let i = 0; i < 1_000; i++) {
  await hystrix.commandFactory
    .getOrCreate(`tenant ${i}`)
    .run(async () => 'fine')
    .build()
    .execute();
}
console.log(`the library still holds ${hystrix.circuitFactory.getCache().size} circuits`);
process.exit();

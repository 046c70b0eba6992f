// Run alone by overhead.bench.ts: what importing a module takes in a fresh process. Prints milliseconds.
const start = performance.now();
await import(process.argv[2] as string);
console.log(performance.now() - start);

export {};

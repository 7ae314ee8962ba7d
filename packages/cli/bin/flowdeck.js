#!/usr/bin/env node
// The `flowdeck` command. It is no product of the build: npm links only what is there when it installs.

// Node.js 22 keeps compiled code between processes, which halves the time to start. Before 22.1 there is no such thing.
process.getBuiltinModule('node:module').enableCompileCache?.();

// What packages that we use will have to change is nothing that a user of the command could mend.
process.noDeprecation = true;

await import('../dist/flowdeck.js');

#!/usr/bin/env node
// The `flowdeck-conformance` command. It is no product of the build: npm links only what is there when it installs.
await import('../dist/cli.js');

#!/usr/bin/env node
import { runCommandLine } from './run-command-line.js';

runCommandLine(process.argv.slice(2));

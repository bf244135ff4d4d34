// The page of bench/sass.mjs with dart-sass.
import * as sass from 'sass';
import { compilers } from './compilers.js';

globalThis.compileSheet = async (_, sheet) => compilers.dart(sass)(sheet).length;

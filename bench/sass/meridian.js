// The page of bench/sass.mjs with sass.wasm.
import { compilers } from './compilers.js';

globalThis.compileSheet = async (bytes, sheet) => (await compilers.meridian(bytes))(sheet).length;

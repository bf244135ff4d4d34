// In a worker an import of a module gives it compiled.
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

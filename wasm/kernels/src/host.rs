//! Modules of the build script, put into this module's table of functions by whoever runs it.

/// The place in the table from which on the module's functions, "0" to the last of `exports`, stand; nothing where the host
/// can't run the module.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(crate) fn link(module: &[u8], exports: usize) -> Option<usize> {
    use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
    use wasm_bindgen::{JsCast, JsValue};

    let bytes = Uint8Array::from(module);
    if !WebAssembly::validate(&bytes).ok()? {
        return None;
    }
    let (imports, shared) = (Object::new(), Object::new());
    Reflect::set(&shared, &"memory".into(), &wasm_bindgen::memory()).ok()?;
    Reflect::set(&imports, &"kernels".into(), &shared).ok()?;
    // In a worker, and for a few kilobytes, compiling at once is allowed everywhere.
    let module = WebAssembly::Module::new(&bytes).ok()?;
    let instance = WebAssembly::Instance::new(&module, &imports).ok()?;
    let table: WebAssembly::Table = wasm_bindgen::function_table().dyn_into().ok()?;
    let functions: Vec<Function> = (0..exports)
        .map(|index| {
            let function = Reflect::get(&instance.exports(), &JsValue::from(index.to_string())).ok()?;
            function.dyn_into().ok()
        })
        .collect::<Option<_>>()?;
    let first = table.grow(exports as u32).ok()?;
    for (index, function) in (first..).zip(&functions) {
        table.set(index, function).ok()?;
    }
    Some(first as usize)
}

/// See tests/wasi.mjs.
#[cfg(all(target_arch = "wasm32", target_os = "wasi"))]
pub(crate) fn link(module: &[u8], exports: usize) -> Option<usize> {
    #[link(wasm_import_module = "kernels")]
    unsafe extern "C" {
        fn link(module: *const u8, length: usize, exports: usize) -> i32;
    }
    // SAFETY: the host reads so many bytes there.
    let first = unsafe { link(module.as_ptr(), module.len(), exports) };
    usize::try_from(first).ok()
}

/// Native code has no such table.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn link(_module: &[u8], _exports: usize) -> Option<usize> {
    None
}

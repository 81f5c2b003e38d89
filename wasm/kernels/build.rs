//! Writes the inner loops of `src/inner.rs` as two WASM modules, `simd.wasm` and `relaxed.wasm`, in the order of instructions
//! in which they run fast. LLVM loads all factors of a step before it uses the first, for which there are no registers, and
//! computes each address anew, which together costs a fifth of the speed. A module of its own also lets fused multiplication
//! and addition be used where a browser has them, without a second build of everything else.

use std::path::{Path, PathBuf};

use wasm_encoder::{
    BlockType, CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection,
    InstructionSink, MemArg, MemoryType, Module, TypeSection, ValType,
};

#[path = "src/shape.rs"]
mod shape;

use shape::{EXPORTS, Numbers, SHAPES, STRIDES, Shape};

/// Where the fields of `Product` and `Plane` lie; `src/inner.rs` refuses to compile when they lie elsewhere.
mod field {
    pub(super) const A: u64 = 0;
    pub(super) const B: u64 = 4;
    pub(super) const C: u64 = 8;
    pub(super) const BIAS: u64 = 12;
    pub(super) const SLOPES: u64 = 16;
    pub(super) const DEPTH: u64 = 20;
    pub(super) const TILES: u64 = 24;
    pub(super) const STRIDE: u64 = 28;
    pub(super) const ACTIVATION: u64 = 32;
    pub(super) const SCALES: u64 = 36;

    pub(super) const PLANE_TO: u64 = 24;
    pub(super) const PLANE_WEIGHTS: u64 = 28;
    pub(super) const PLANE_BIAS: u64 = 32;
    pub(super) const PLANE_SLOPE: u64 = 36;
    pub(super) const PLANE_ACTIVATION: u64 = 40;
    pub(super) const PLANE_STEPS: u64 = 44;
}

const VECTOR: usize = 16;
const NUMBER: usize = 4;
/// The only parameter: where the job lies.
const JOB: u32 = 0;

#[derive(Clone, Copy, PartialEq)]
enum Level {
    Simd,
    Relaxed,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/shape.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?);
    write(&out, "simd.wasm", Level::Simd)?;
    write(&out, "relaxed.wasm", Level::Relaxed)?;
    // Programs under WASI get the loops from their host, as tests/wasi.mjs gives them.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("wasi") {
        println!("cargo::rustc-link-arg=--export-table");
        println!("cargo::rustc-link-arg=--growable-table");
    }
    Ok(())
}

fn write(folder: &Path, name: &str, level: Level) -> std::io::Result<()> {
    let functions: Vec<Function> = SHAPES
        .iter()
        .flat_map(|&shape| [product(shape, 2, level), product(shape, 1, level)])
        .chain(STRIDES.map(|stride| plane(stride, level)))
        .collect();
    assert_eq!(functions.len(), EXPORTS);

    let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
    types.ty().function([ValType::I32], []);
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    imports.import("kernels", "memory", EntityType::Memory(memory));
    let (mut declared, mut exports, mut code) = (FunctionSection::new(), ExportSection::new(), CodeSection::new());
    for (index, function) in (0u32..).zip(&functions) {
        declared.function(0);
        exports.export(&index.to_string(), ExportKind::Func, index);
        code.function(function);
    }
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&declared)
        .section(&exports)
        .section(&code);
    std::fs::write(folder.join(name), module.finish())
}

/// Of a number or vector, so many bytes further on. No alignment is promised.
fn at(offset: usize) -> MemArg {
    MemArg {
        offset: offset as u64,
        align: 0,
        memory_index: 0,
    }
}

fn of(field: u64) -> MemArg {
    MemArg {
        offset: field,
        align: 2,
        memory_index: 0,
    }
}

/// Numbers of a function's locals, given out one after the other.
struct Locals(u32);

impl Locals {
    fn take(&mut self) -> u32 {
        self.0 += 1;
        self.0 - 1
    }

    fn several(&mut self, count: usize) -> Vec<u32> {
        (0..count).map(|_| self.take()).collect()
    }
}

/// `sum += factor * vector`.
fn add_product(to: &mut InstructionSink<'_>, level: Level, sum: u32, factor: u32, vector: u32) {
    match level {
        Level::Simd => to
            .local_get(sum)
            .local_get(factor)
            .local_get(vector)
            .f32x4_mul()
            .f32x4_add(),
        Level::Relaxed => to
            .local_get(factor)
            .local_get(vector)
            .local_get(sum)
            .f32x4_relaxed_madd(),
    }
    .local_set(sum);
}

fn advance(to: &mut InstructionSink<'_>, pointer: u32, bytes: usize) {
    to.local_get(pointer)
        .i32_const(bytes as i32)
        .i32_add()
        .local_set(pointer);
}

/// Runs one of three bodies, by the job's activation: none, ReLU, PReLU.
fn by_activation(to: &mut InstructionSink<'_>, field: u64, mut body: impl FnMut(&mut InstructionSink<'_>, Activation)) {
    to.block(BlockType::Empty)
        .block(BlockType::Empty)
        .block(BlockType::Empty)
        .local_get(JOB)
        .i32_load(of(field))
        .i32_eqz()
        .br_if(1)
        .local_get(JOB)
        .i32_load(of(field))
        .i32_const(1)
        .i32_eq()
        .br_if(0);
    body(to, Activation::Prelu);
    to.br(2).end();
    body(to, Activation::Relu);
    to.br(1).end();
    body(to, Activation::None);
    to.end();
}

#[derive(Clone, Copy, PartialEq)]
enum Activation {
    None,
    Relu,
    Prelu,
}

/// Leaves the activated sum on the stack.
fn activated(to: &mut InstructionSink<'_>, activation: Activation, sum: u32, slope: u32, zero: u32) {
    match activation {
        Activation::None => to.local_get(sum),
        Activation::Relu => to.local_get(sum).local_get(zero).f32x4_pmax(),
        Activation::Prelu => to
            .local_get(sum)
            .local_get(zero)
            .f32x4_pmax()
            .local_get(slope)
            .local_get(sum)
            .local_get(zero)
            .f32x4_pmin()
            .f32x4_mul()
            .f32x4_add(),
    };
}

/// `sum += factors * pairs`, of two steps along the depth: both hold two whole numbers for each sum.
fn add_products(to: &mut InstructionSink<'_>, sum: u32, factors: u32, pairs: u32) {
    to.local_get(factors)
        .local_get(pairs)
        .i32x4_dot_i16x8_s()
        .local_get(sum)
        .i32x4_add()
        .local_set(sum);
}

/// As `product` of src/inner.rs, whose numbers may be whole ones.
fn product(Shape { numbers, rows, unroll }: Shape, vectors: usize, level: Level) -> Function {
    let mut locals = Locals(1);
    let [a, b, c, left, tiles, out] = std::array::from_fn(|_| locals.take());
    let addresses = locals.0 - 1;
    let sums = locals.several(rows * vectors);
    let columns = locals.several(vectors);
    let factor = locals.take();
    let mut function = Function::new([(addresses, ValType::I32), (locals.0 - 1 - addresses, ValType::V128)]);
    let mut code = function.instructions();
    for (local, field) in [(b, field::B), (c, field::C), (tiles, field::TILES)] {
        code.local_get(JOB).i32_load(of(field)).local_set(local);
    }
    code.loop_(BlockType::Empty);
    for (local, field) in [(a, field::A), (left, field::DEPTH), (out, field::BIAS)] {
        code.local_get(JOB).i32_load(of(field)).local_set(local);
    }
    for (row, sums) in sums.chunks(vectors).enumerate() {
        for &sum in sums {
            match numbers {
                Numbers::Floats => code.local_get(out).v128_load32_splat(at(NUMBER * row)),
                Numbers::Shorts => code.v128_const(0),
            };
            code.local_set(sum);
        }
    }
    let mut steps: Vec<usize> = vec![unroll, 1];
    steps.dedup();
    for count in steps {
        code.block(BlockType::Empty)
            .local_get(left)
            .i32_const(count as i32)
            .i32_lt_u()
            .br_if(0)
            .loop_(BlockType::Empty);
        for step in 0..count {
            for (vector, &column) in columns.iter().enumerate() {
                code.local_get(b)
                    .v128_load(at(VECTOR * (step * vectors + vector)))
                    .local_set(column);
            }
            for (row, sums) in sums.chunks(vectors).enumerate() {
                code.local_get(a)
                    .v128_load32_splat(at(NUMBER * (step * rows + row)))
                    .local_set(factor);
                for (&sum, &column) in sums.iter().zip(&columns) {
                    match numbers {
                        Numbers::Floats => add_product(&mut code, level, sum, factor, column),
                        Numbers::Shorts => add_products(&mut code, sum, factor, column),
                    }
                }
            }
        }
        advance(&mut code, a, count * rows * NUMBER);
        advance(&mut code, b, count * vectors * VECTOR);
        code.local_get(left)
            .i32_const(count as i32)
            .i32_sub()
            .local_tee(left)
            .i32_const(count as i32)
            .i32_ge_u()
            .br_if(0)
            .end()
            .end();
    }
    if numbers == Numbers::Shorts {
        for (row, sums) in sums.chunks(vectors).enumerate() {
            for &sum in sums {
                let of_row = |field| (of(field), at(NUMBER * row));
                let ((scales, scale), (biases, bias)) = (of_row(field::SCALES), of_row(field::BIAS));
                code.local_get(sum).f32x4_convert_i32x4_s();
                code.local_get(JOB)
                    .i32_load(scales)
                    .v128_load32_splat(scale)
                    .f32x4_mul();
                code.local_get(JOB).i32_load(biases).v128_load32_splat(bias).f32x4_add();
                code.local_set(sum);
            }
        }
    }
    code.local_get(c).local_set(out);
    let zero = columns[0];
    code.v128_const(0).local_set(zero);
    by_activation(&mut code, field::ACTIVATION, |code, activation| {
        for (row, sums) in sums.chunks(vectors).enumerate() {
            if activation == Activation::Prelu {
                code.local_get(JOB)
                    .i32_load(of(field::SLOPES))
                    .v128_load32_splat(at(NUMBER * row))
                    .local_set(factor);
            }
            for (vector, &sum) in sums.iter().enumerate() {
                code.local_get(out);
                activated(code, activation, sum, factor, zero);
                code.v128_store(at(VECTOR * vector));
            }
            if row + 1 < rows {
                code.local_get(JOB)
                    .i32_load(of(field::STRIDE))
                    .i32_const(2)
                    .i32_shl()
                    .local_get(out)
                    .i32_add()
                    .local_set(out);
            }
        }
    });
    advance(&mut code, c, vectors * VECTOR);
    code.local_get(tiles)
        .i32_const(1)
        .i32_sub()
        .local_tee(tiles)
        .br_if(0)
        .end()
        .end();
    function
}

/// As `plane` of src/inner.rs.
fn plane(stride: usize, level: Level) -> Function {
    const AT_ONCE: usize = 2;
    let mut locals = Locals(1);
    let rows = locals.several(6);
    let [to, left] = std::array::from_fn(|_| locals.take());
    let addresses = locals.0 - 1;
    let weights = locals.several(9);
    let sums = locals.several(AT_ONCE);
    let loaded = locals.take();
    let mut function = Function::new([(addresses, ValType::I32), (locals.0 - 1 - addresses, ValType::V128)]);
    let mut code = function.instructions();
    let used = &rows[..3 * stride];
    for (index, &row) in used.iter().enumerate() {
        code.local_get(JOB).i32_load(at(NUMBER * index)).local_set(row);
    }
    for (local, field) in [(to, field::PLANE_TO), (left, field::PLANE_STEPS)] {
        code.local_get(JOB).i32_load(of(field)).local_set(local);
    }
    for (tap, &weight) in weights.iter().enumerate() {
        code.local_get(JOB)
            .i32_load(of(field::PLANE_WEIGHTS))
            .v128_load32_splat(at(NUMBER * tap))
            .local_set(weight);
    }
    code.loop_(BlockType::Empty);
    for &sum in &sums {
        code.local_get(JOB)
            .v128_load32_splat(of(field::PLANE_BIAS))
            .local_set(sum);
    }
    for (tap, &weight) in weights.iter().enumerate() {
        let (row, column) = (tap / 3, tap % 3);
        let (row, skipped) = (rows[row * stride + column % stride], column / stride);
        for (vector, &sum) in sums.iter().enumerate() {
            code.local_get(row)
                .v128_load(at(NUMBER * skipped + VECTOR * vector))
                .local_set(loaded);
            add_product(&mut code, level, sum, weight, loaded);
        }
    }
    by_activation(&mut code, field::PLANE_ACTIVATION, |code, activation| {
        for (vector, &sum) in sums.iter().enumerate() {
            code.local_get(to);
            match activation {
                Activation::None => code.local_get(sum),
                Activation::Relu => code.local_get(sum).v128_const(0).f32x4_pmax(),
                Activation::Prelu => code
                    .local_get(sum)
                    .v128_const(0)
                    .f32x4_pmax()
                    .local_get(JOB)
                    .v128_load32_splat(of(field::PLANE_SLOPE))
                    .local_get(sum)
                    .v128_const(0)
                    .f32x4_pmin()
                    .f32x4_mul()
                    .f32x4_add(),
            };
            code.v128_store(at(VECTOR * vector));
        }
    });
    for &pointer in used.iter().chain([&to]) {
        advance(&mut code, pointer, AT_ONCE * VECTOR);
    }
    code.local_get(left)
        .i32_const(1)
        .i32_sub()
        .local_tee(left)
        .br_if(0)
        .end()
        .end();
    function
}

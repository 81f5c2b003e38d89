//! What makes tract fast in WASM and on x86, from outside of tract. [`accelerate`] puts operators of this crate into a model, in
//! place of tract's own; [`Kernels`] are the loops that they run, chosen by measuring this machine.
//!
//! On other processors the same operators run too, but slower than tract's own: there they are only tested. All unsafe code of
//! the engine is here.

#[cfg(feature = "tract")]
mod accelerate;
mod convolution;
mod dense;
mod depthwise;
mod host;
mod inner;
mod kernels;
#[cfg(feature = "tract")]
mod operators;
mod pool;
#[cfg(feature = "tract")]
mod prelu;
mod scratch;
mod shape;
mod simd;
#[cfg(test)]
mod tests;
mod weights;
mod window;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(feature = "tract")]
pub use accelerate::accelerate;
pub use kernels::Kernels;
#[cfg(feature = "tract")]
pub use operators::Dense;
#[cfg(feature = "tract")]
pub use prelu::Prelu;

/// Overwrites what is left of an image in the memory that layers of this thread use again.
pub fn wipe() {
    scratch::wipe();
}

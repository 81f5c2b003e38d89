//! Which of the inner loops run on this machine, chosen by measuring them.

use std::sync::Arc;

use crate::host;
use crate::inner::{Activation, Plane, Product, plane, product, whole_product};
use crate::shape::{EXPORTS, Numbers, SHAPES, STRIDES};

/// Safe to call with a product that keeps what the type's doc asks for.
pub(crate) type RunProduct = unsafe extern "C" fn(*const Product);
/// Safe to call with a plane that keeps what the type's doc asks for.
pub(crate) type RunPlane = unsafe extern "C" fn(*const Plane);

/// With and without fused multiplication and addition. Where the first can be had, the second is never faster.
const MODULES: [(&str, &[u8]); 2] = [
    (
        "relaxed-simd",
        include_bytes!(concat!(env!("OUT_DIR"), "/relaxed.wasm")),
    ),
    ("simd128", include_bytes!(concat!(env!("OUT_DIR"), "/simd.wasm"))),
];

const UNMEASURED: f64 = 1.0;

/// A loop that computes tiles of a matrix product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile {
    pub(crate) numbers: Numbers,
    pub(crate) rows: usize,
    /// Eight columns.
    wide: RunProduct,
    /// Four columns.
    narrow: RunProduct,
    unroll: usize,
    module: &'static str,
    /// Multiplications in a millisecond, or [`UNMEASURED`].
    speed: f64,
}

/// Columns of a tile.
pub(crate) const WIDE: usize = 8;
/// Those of a product's last tile where no more are left.
pub(crate) const NARROW: usize = 4;

/// How wide the last tile is where `left` columns remain.
pub(crate) fn last(left: usize) -> usize {
    if left <= NARROW { NARROW } else { WIDE }
}

impl Tile {
    /// In Rust; four rows by eight columns run best as LLVM compiles them.
    const PORTABLE: Self = Self {
        numbers: Numbers::Floats,
        rows: 4,
        wide: product::<4, 2>,
        narrow: product::<4, 1>,
        unroll: 1,
        module: "Rust",
        speed: UNMEASURED,
    };

    /// In Rust, of whole numbers.
    const WHOLE: Self = Self {
        numbers: Numbers::Shorts,
        wide: whole_product::<4, WIDE>,
        narrow: whole_product::<4, NARROW>,
        module: "Rust, whole",
        ..Self::PORTABLE
    };

    /// The loop for tiles of so many columns.
    pub(crate) fn run(&self, columns: usize) -> RunProduct {
        if columns == NARROW { self.narrow } else { self.wide }
    }

    /// What a product costs, the unused parts of its tiles included.
    fn cost(&self, rows: usize, columns: usize) -> f64 {
        let left = columns % WIDE;
        let columns = columns - left + if left == 0 { 0 } else { last(left) };
        (rows.next_multiple_of(self.rows) * columns) as f64 / self.speed
    }
}

/// The inner loops to use, fast ones first. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Kernels {
    tiles: Arc<[Tile]>,
    planes: [RunPlane; STRIDES.len()],
    simd: &'static str,
}

impl Default for Kernels {
    /// What runs without being measured.
    fn default() -> Self {
        Self::of_this_processor()
            .into_iter()
            .next()
            .unwrap_or_else(Self::portable)
    }
}

impl Kernels {
    /// What runs everywhere.
    pub(crate) fn portable() -> Self {
        Self {
            tiles: Arc::new([Tile::PORTABLE]),
            planes: [plane::<1>, plane::<2>],
            simd: if cfg!(target_arch = "wasm32") {
                "simd128"
            } else {
                Tile::PORTABLE.module
            },
        }
    }

    /// Loops of whole numbers that run everywhere: no faster, but what they make of a network is what those of a browser do.
    pub fn whole() -> Self {
        Self {
            tiles: Arc::new([Tile::WHOLE]),
            simd: Tile::WHOLE.module,
            ..Self::portable()
        }
    }

    /// Loops of a native processor's own, the fastest first; nothing where tract's operators are faster.
    #[cfg(target_arch = "x86_64")]
    fn of_this_processor() -> Vec<Self> {
        use crate::x86::{avx2, avx512};
        let own = |module, rows, wide, narrow, planes| Self {
            tiles: Arc::new([Tile {
                numbers: Numbers::Floats,
                rows,
                wide,
                narrow,
                unroll: 1,
                module,
                speed: UNMEASURED,
            }]),
            planes,
            simd: module,
        };
        let mut found = Vec::new();
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") {
                let planes: [RunPlane; 2] = [avx512::plane::<1>, avx512::plane::<2>];
                found.push(own(
                    "AVX-512",
                    avx512::ROWS,
                    avx512::product,
                    product::<{ avx512::ROWS }, 1>,
                    planes,
                ));
            }
            let planes: [RunPlane; 2] = [avx2::plane::<1>, avx2::plane::<2>];
            found.push(own(
                "AVX2",
                avx2::ROWS,
                avx2::product,
                product::<{ avx2::ROWS }, 1>,
                planes,
            ));
        }
        found
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn of_this_processor() -> Vec<Self> {
        Vec::new()
    }

    /// Whether layers that run these loops are faster than tract's own.
    pub(crate) fn are_fast(&self) -> bool {
        self.simd != Tile::PORTABLE.module
    }

    /// The fastest loops that this machine has, found by trying them for some hundredths of a second. `clock` tells
    /// milliseconds. One too coarse to time each of them tells nothing: then all count as equally fast.
    pub fn measured(clock: impl FnMut() -> f64) -> Self {
        Self::known_or_measured(&[], clock)
    }

    /// The same, without trying them where a module of this build [measured](Self::measurements) `speeds` on this machine.
    pub fn known_or_measured(speeds: &[f64], mut clock: impl FnMut() -> f64) -> Self {
        let told_something = speeds.iter().all(|speed| speed.is_finite() && *speed > 0.0)
            && speeds.iter().any(|speed| *speed != UNMEASURED);
        Self::found(|tiles| {
            if told_something && tiles.len() == speeds.len() {
                for (tile, speed) in tiles.iter_mut().zip(speeds) {
                    tile.speed = *speed;
                }
            } else if tiles.len() > 1 {
                measure(tiles, &mut clock);
            }
        })
    }

    /// What was measured of each loop, for [`Kernels::known_or_measured`].
    pub fn measurements(&self) -> Vec<f64> {
        self.tiles.iter().map(|tile| tile.speed).collect()
    }

    /// All loops that run on this machine, whose speeds `tell` says.
    fn found(tell: impl FnOnce(&mut [Tile])) -> Self {
        if let Some(native) = Self::of_this_processor().into_iter().next() {
            return native;
        }
        let mut tiles = Vec::new();
        let Self {
            mut planes, mut simd, ..
        } = Self::portable();
        let linked_module = MODULES
            .into_iter()
            .find_map(|(name, module)| Some((name, host::link(module, EXPORTS)?)));
        if let Some((name, first)) = linked_module {
            tiles.extend(linked(name, first));
            planes = linked_planes(first);
            simd = name;
        }
        // The last one, so that it is chosen only where nothing else is, or where it is faster.
        tiles.push(Tile::PORTABLE);
        tell(&mut tiles);
        Self {
            tiles: tiles.into(),
            planes,
            simd,
        }
    }

    /// The tile with which a product of that size is done soonest. `whole`: whether its numbers may be whole ones.
    pub(crate) fn tile(&self, rows: usize, columns: usize, whole: bool) -> Tile {
        let mut best = Tile::PORTABLE;
        let mut least = f64::INFINITY;
        for tile in self
            .tiles
            .iter()
            .filter(|tile| whole || tile.numbers == Numbers::Floats)
        {
            let cost = tile.cost(rows, columns);
            if cost < least {
                (best, least) = (*tile, cost);
            }
        }
        best
    }

    /// `stride` is 1 or 2.
    pub(crate) fn plane(&self, stride: usize) -> Option<RunPlane> {
        let index = STRIDES.iter().position(|&s| s == stride)?;
        Some(self.planes[index])
    }

    /// The instructions that the loops use.
    pub fn simd(&self) -> &'static str {
        self.simd
    }

    /// For a table: each tile and its speed, fastest first.
    pub fn speeds(&self) -> Vec<(String, f64)> {
        let mut named: Vec<_> = self
            .tiles
            .iter()
            .map(|t| {
                let name = format!("{} {:?} {}x{WIDE}, {} at once", t.module, t.numbers, t.rows, t.unroll);
                (name, t.speed)
            })
            .collect();
        named.sort_by(|a, b| b.1.total_cmp(&a.1));
        named
    }
}

fn linked(module: &'static str, first: usize) -> impl Iterator<Item = Tile> {
    SHAPES.iter().enumerate().map(move |(index, shape)| Tile {
        numbers: shape.numbers,
        rows: shape.rows,
        wide: function(first + 2 * index),
        narrow: function(first + 2 * index + 1),
        unroll: shape.unroll,
        module,
        speed: UNMEASURED,
    })
}

fn linked_planes(first: usize) -> [RunPlane; STRIDES.len()] {
    std::array::from_fn(|index| function(first + 2 * SHAPES.len() + index))
}

/// A function of this module's table, as [`host::link`] put it there.
fn function<Job>(index: usize) -> unsafe extern "C" fn(*const Job) {
    // SAFETY: in WASM a pointer to a function is its place in the table. The host put a function there that takes one
    // address; the table's own check of types would trap otherwise. Without WASM nothing is ever linked.
    unsafe { std::mem::transmute::<usize, unsafe extern "C" fn(*const Job)>(index) }
}

/// A product that fits a tablet's first cache and takes some hundredths of a millisecond.
const ROWS: usize = 60;
const COLUMNS: usize = 48;
const DEPTH: usize = 64;
/// Each tile's best turn counts: the first ones run before the browser has compiled the loop well.
const TURNS: usize = 5;
/// Of a turn, in milliseconds: a browser's clock may go in tenths of one.
const LEAST: f64 = 2.0;
/// Ends a turn whose clock stands still.
const MOST_TIMES: usize = 400;

fn measure(tiles: &mut [Tile], clock: &mut impl FnMut() -> f64) {
    let a = vec![0.5; (ROWS + 8) * DEPTH];
    let b = vec![0.25; COLUMNS * DEPTH];
    let mut c = vec![0.0; (ROWS + 8) * COLUMNS];
    let bias = vec![0.0; ROWS + 8];
    let count = tiles.len();
    for turn in 0..TURNS * count {
        let tile = &mut tiles[turn % count];
        let panels = ROWS / tile.rows;
        let (begun, mut taken, mut times) = (clock(), 0.0, 0);
        while taken < LEAST && times < MOST_TIMES {
            for panel in 0..panels {
                let job = Product {
                    a: a[panel * tile.rows * DEPTH..].as_ptr(),
                    b: b.as_ptr(),
                    c: c[panel * tile.rows * COLUMNS..].as_mut_ptr(),
                    bias: bias.as_ptr(),
                    slopes: bias.as_ptr(),
                    depth: match tile.numbers {
                        Numbers::Floats => DEPTH,
                        Numbers::Shorts => DEPTH / 2,
                    },
                    tiles: COLUMNS / WIDE,
                    stride: COLUMNS,
                    activation: Activation::Relu,
                    scales: bias.as_ptr(),
                };
                // SAFETY: the panels lie within `a` and `c`, the tiles in `b`, and `bias` has a number for each row.
                unsafe { (tile.wide)(&job) };
            }
            times += 1;
            taken = clock() - begun;
        }
        if taken > 0.0 {
            let speed = (panels * tile.rows * COLUMNS * DEPTH * times) as f64 / taken;
            tile.speed = tile.speed.max(speed);
        }
    }
    if tiles.iter().any(|tile| tile.speed <= UNMEASURED) {
        tiles.iter_mut().for_each(|tile| tile.speed = UNMEASURED);
    }
}

#[cfg(test)]
impl Kernels {
    /// Whether products are of whole numbers wherever they can be.
    pub(crate) fn are_whole(&self) -> bool {
        self.tiles.iter().all(|tile| tile.numbers == Numbers::Shorts)
    }

    /// One set for each tile that runs here, with the depthwise loops that belong to it.
    pub(crate) fn each() -> Vec<Self> {
        let one = |tile: Tile, planes| Self {
            tiles: Arc::new([tile]),
            planes,
            simd: tile.module,
        };
        let mut all = vec![Self::portable(), Self::whole()];
        all.extend(Self::of_this_processor());
        for (name, module) in MODULES {
            if let Some(first) = host::link(module, EXPORTS) {
                all.extend(linked(name, first).map(|tile| one(tile, linked_planes(first))));
            }
        }
        all
    }
}

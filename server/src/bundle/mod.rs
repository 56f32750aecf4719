//! Files for the browser: the bundle that Trunk built and the style, embedded in the release binary
//! and read from disk in a debug build.

mod archive;

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    io::{self, Write as _},
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use app::shell::{Bundle, BundleScript};
use axum::body::Bytes;
use domain::time::Timestamp;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

pub use archive::{Archive, ArchivedFile};

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

#[derive(RustEmbed)]
#[folder = "../style"]
struct Style;

/// The order of the cascade.
const STYLES: [&str; 11] = [
    "tokens.css",
    "base.css",
    "layout.css",
    "parts.css",
    "condition.css",
    "forms.css",
    "people.css",
    "community.css",
    "writing.css",
    "registry.css",
    "print.css",
];

/// One file in the encodings that browsers take. Immutable: its name changes with its content.
#[derive(Debug)]
pub struct Asset {
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub identity: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl Asset {
    fn new(content_type: &'static str, identity: Bytes) -> Self {
        Self {
            content_type,
            identity,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// Compressed by brotli (RFC 7932); made once if the build has not.
    pub fn brotli(&self) -> Bytes {
        self.brotli
            .get_or_init(|| brotli(&self.identity, 9))
            .clone()
    }

    /// Compressed by gzip.
    pub fn gzip(&self) -> Bytes {
        self.gzip.get_or_init(|| gzip(&self.identity)).clone()
    }
}

/// All files by their path below `/assets/`, and what pages link to.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    files: Arc<HashMap<String, Asset>>,
    archive: Option<Archive>,
    /// What the shell names.
    pub bundle: Bundle,
}

impl Assets {
    /// Reads what is embedded. Without a browser bundle only the style is there.
    pub fn load() -> Self {
        let mut files = HashMap::new();
        let script = load_script(&mut files);
        let css = load_style(&mut files);
        Self {
            files: Arc::new(files),
            archive: None,
            bundle: Bundle {
                css: Some(css),
                script,
            },
        }
    }

    /// The file at a path below `/assets/`.
    pub fn get(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }

    /// Files of former bundles are from this folder, and those of this one are copied to it.
    #[must_use]
    pub fn archived_in(mut self, folder: PathBuf) -> Self {
        self.archive = Some(Archive::new(folder));
        self
    }

    /// Copies what is not in the archive yet, and removes from it what has not been in use for 30
    /// days. To be called at least once a day.
    pub fn keep_archive(&self, now: Timestamp) -> io::Result<()> {
        match &self.archive {
            Some(archive) => archive.keep(self.files.iter(), now),
            None => Ok(()),
        }
    }

    /// The file of a former bundle at a path below `/assets/`.
    pub async fn archived(&self, path: &str) -> Option<ArchivedFile> {
        self.archive.as_ref()?.file(path).await
    }
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        std::borrow::Cow::Borrowed(data) => Bytes::from_static(data),
        std::borrow::Cow::Owned(data) => Bytes::from(data),
    }
}

/// What `cargo xtask split` writes beside the files of a bundle.
#[derive(serde::Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    integrity: String,
    /// The files of each chunk.
    chunks: BTreeMap<String, Vec<String>>,
}

fn load_script(files: &mut HashMap<String, Asset>) -> Option<BundleScript> {
    let manifest: Manifest = serde_json::from_slice(&Site::get("bundle.json")?.data).ok()?;
    // Files of a former build may lie beside those of the present one.
    let chunks = manifest.chunks.values().flatten();
    for name in chunks.chain([&manifest.js, &manifest.wasm]) {
        let asset = Asset::new(content_type(name)?, bytes(Site::get(name)?));
        if let Some(file) = Site::get(&format!("{name}.br")) {
            let _ = asset.brotli.set(bytes(file));
        }
        if let Some(file) = Site::get(&format!("{name}.gz")) {
            let _ = asset.gzip.set(bytes(file));
        }
        files.insert(name.clone(), asset);
    }
    let Manifest { js, wasm, .. } = manifest;
    Some(BundleScript {
        integrity: manifest.integrity,
        // The names are made of what is in the files, and the script names the chunks.
        build: hex(&Sha256::digest(format!("{js} {wasm}").as_bytes())[..6]),
        js: format!("/assets/{js}"),
        wasm: format!("/assets/{wasm}"),
    })
}

/// What a file of a bundle is, by its name.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        _ => None,
    }
}

fn load_style(files: &mut HashMap<String, Asset>) -> String {
    let mut style = Vec::new();
    for name in STYLES {
        if let Some(file) = Style::get(name) {
            style.extend_from_slice(&file.data);
            style.push(b'\n');
        }
    }
    let hash = hex(&Sha256::digest(&style)[..8]);
    let name = format!("rareshare-{hash}.css");
    files.insert(
        name.clone(),
        Asset::new("text/css; charset=utf-8", Bytes::from(style)),
    );
    format!("/assets/{name}")
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Compresses by brotli. Quality 5 costs about a millisecond a page, 9 to 11 are for what is kept.
pub fn brotli(data: &[u8], quality: u32) -> Bytes {
    let mut compressed = Vec::with_capacity(data.len() / 3);
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 32 * 1024, quality, 22);
    // Writing to memory cannot fail.
    let _ = writer.write_all(data);
    drop(writer);
    Bytes::from(compressed)
}

/// Compresses by gzip.
pub fn gzip(data: &[u8]) -> Bytes {
    let mut writer = flate2::write::GzEncoder::new(
        Vec::with_capacity(data.len() / 3),
        flate2::Compression::default(),
    );
    let _ = writer.write_all(data);
    Bytes::from(writer.finish().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_always_there() {
        let assets = Assets::load();
        let css = assets.bundle.css.as_deref().unwrap_or_default();
        let asset = assets.get(css.trim_start_matches("/assets/")).unwrap();
        assert!(asset.identity.len() > 1_000);
        assert!(asset.brotli().len() < asset.identity.len());
        assert!(asset.gzip().len() < asset.identity.len());
    }
}

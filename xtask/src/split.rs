//! `cargo xtask split`: what Trunk runs after its build. One WebAssembly module becomes several: the
//! one that every page needs, and chunks that the browser loads with the first page of their kind.
//!
//! Trunk's own output is put aside, because splitting comes before wasm-bindgen: the module that Cargo
//! built is split, its main piece bound to JavaScript, each piece made small, and everything named
//! after its content. `bundle.json` tells the server the names.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};

use crate::project::Project;
use crate::run;

/// What the server reads, beside the files.
pub(crate) const MANIFEST: &str = "bundle.json";

/// A piece below this many bytes travels in the script: it is not worth a request.
const SMALL: usize = 1024;

/// What rustc may use in a module and browsers know, by the names of `wasm-opt`.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The script that the splitter writes, as the main piece imports it.
const LOADER: &str = "./__wasm_split.js";

/// The profile of `Trunk.toml`, under which Cargo has built the module.
const RELEASE: &str = "wasm-release";

/// The files of a bundle, by name.
struct Pieces {
    /// Main module, as wasm-bindgen has rewritten it.
    main: PathBuf,
    /// wasm-bindgen's script with the splitter's in it.
    script: String,
    /// The modules beside the main one.
    chunks: Vec<PathBuf>,
    /// Which modules a chunk of the source needs: those of its own and those it shares.
    needs: BTreeMap<String, Vec<String>>,
}

pub(crate) fn split(project: &Project) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("Trunk runs this after its build\n  to fix: trunk build")?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let profile = if release { RELEASE } else { "debug" };
    let module = project
        .target
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("frontend.wasm");
    let work = tempfile::tempdir().context("could not make a temporary folder")?;
    let pieces = take_apart(project, &module, work.path())?;
    if release {
        for piece in pieces.chunks.iter().chain([&pieces.main]) {
            optimise(project, piece)?;
        }
    }
    remove_files(&staging)?;
    name(pieces, &staging)
}

/// Splits the module and binds its main piece.
fn take_apart(project: &Project, module: &Path, work: &Path) -> Result<Pieces> {
    let bytes = fs::read(module).with_context(|| format!("could not read {}", module.display()))?;
    let parts = work.join("parts");
    let unbound = parts.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = &parts;
    options.main_out_path = &unbound;
    options.main_module = "./frontend.js";
    options.link_name = LOADER;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("could not split {}: {error:?}", module.display()))?;

    let bound = work.join("bound");
    // Chunks import what the main piece exports, under the names that it has now.
    run::run(
        project
            .command("wasm-bindgen")
            .args(["--target=web", "--no-typescript", "--out-name=frontend"])
            .args(["--keep-lld-exports", "--no-demangle"])
            .arg("--out-dir")
            .arg(&bound)
            .arg(&unbound),
    )?;
    let script = read(&bound.join("frontend.js"))?;
    let loader = read(&parts.join(LOADER))?;
    let mut chunks = split.split_modules;
    chunks.sort();
    Ok(Pieces {
        main: bound.join("frontend_bg.wasm"),
        script: join(&script, &loader)?,
        chunks,
        needs: split.prefetch_map.into_iter().collect(),
    })
}

/// Bytes before speed, and no names of functions.
fn optimise(project: &Project, piece: &Path) -> Result<()> {
    let output = piece.with_extension("optimised");
    run::run(
        project
            .command("wasm-opt")
            .args(["-Oz", "--strip-debug", "--strip-producers"])
            .arg("--strip-target-features")
            .args(FEATURES)
            .arg(piece)
            .arg("-o")
            .arg(&output),
    )?;
    fs::rename(&output, piece).with_context(|| format!("could not write {}", piece.display()))
}

/// One script of two that import each other: no name could be made of the content of both.
fn join(script: &str, loader: &str) -> Result<String> {
    let mut names = Vec::new();
    let mut body = String::new();
    for line in loader.lines() {
        // `initSync` is in the same script then.
        if line.starts_with("import {") {
            continue;
        }
        let line = match line.strip_prefix("export const ") {
            Some(rest) => {
                names.push(rest.split(' ').next().unwrap_or_default());
                &line["export ".len()..]
            }
            None => line,
        };
        body.push_str(line);
        body.push('\n');
    }
    ensure!(
        !names.is_empty(),
        "the splitter found nothing to load later"
    );

    let mut joined = format!(
        "const fromText = text => Promise.resolve(new Response(Uint8Array.from(atob(text), sign => sign.charCodeAt(0)), {{ headers: {{ \"content-type\": \"application/wasm\" }} }}));\n\
         const chunkLoaders = (() => {{\n{body}return {{ {} }};\n}})();\n",
        names.join(", ")
    );
    // wasm-bindgen writes an import for every function of the loader.
    for line in script.lines() {
        let alias = line
            .strip_prefix("import * as ")
            .filter(|rest| rest.contains(LOADER))
            .and_then(|rest| rest.split(' ').next());
        match alias {
            Some(alias) => joined.extend(["const ", alias, " = chunkLoaders;"]),
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    ensure!(
        !joined.contains(&format!("from \"{LOADER}\"")),
        "wasm-bindgen imports the splitter's script in another way"
    );
    Ok(joined)
}

/// Gives each file a name made of its content and writes it for the server: chunks and main module
/// first, which name no other file; then the script, which names them; then the list of them all.
fn name(pieces: Pieces, staging: &Path) -> Result<()> {
    let mut script = pieces.script;
    let mut names = BTreeMap::new();
    for chunk in &pieces.chunks {
        let stem = chunk
            .file_stem()
            .and_then(|stem| stem.to_str())
            .with_context(|| format!("the chunk {} has no name", chunk.display()))?;
        let address = format!("\"./{stem}.wasm\"");
        // The splitter also writes modules with nothing in them, which nobody loads.
        if !script.contains(&address) {
            continue;
        }
        let data = fs::read(chunk).with_context(|| format!("could not read {stem}"))?;
        if data.len() < SMALL {
            let fetched = format!("fetch(new URL({address}, import.meta.url))");
            let carried = format!("fromText(\"{}\")", STANDARD.encode(&data));
            ensure!(
                script.contains(&fetched),
                "the splitter fetches in another way"
            );
            script = script.replace(&fetched, &carried);
            continue;
        }
        let name = named(stem, "wasm", &data);
        script = script.replace(&address, &format!("\"./{name}\""));
        write(staging, &name, &data)?;
        names.insert(stem.to_owned(), name);
    }
    let data = fs::read(&pieces.main)
        .with_context(|| format!("could not read {}", pieces.main.display()))?;
    let wasm = named("frontend", "wasm", &data);
    write(staging, &wasm, &data)?;
    ensure!(
        script.contains("frontend_bg.wasm"),
        "wasm-bindgen names the module in another way"
    );
    let script = script.replace("frontend_bg.wasm", &wasm);
    let js = named("frontend", "js", script.as_bytes());
    write(staging, &js, script.as_bytes())?;

    let chunks: BTreeMap<_, Vec<_>> = pieces
        .needs
        .into_iter()
        .map(|(chunk, files)| {
            let files = files.iter().filter_map(|file| names.get(file)).collect();
            (chunk, files)
        })
        .collect();
    let manifest = serde_json::json!({
        "js": js,
        "wasm": wasm,
        "integrity": format!("sha384-{}", STANDARD.encode(Sha384::digest(script.as_bytes()))),
        "chunks": chunks,
    });
    let manifest = serde_json::to_string_pretty(&manifest).context("could not write JSON")?;
    write(staging, MANIFEST, manifest.as_bytes())
}

fn named(stem: &str, extension: &str, data: &[u8]) -> String {
    let hash = format!("{:x}", Sha256::digest(data));
    format!("{stem}-{}.{extension}", &hash[..16])
}

fn remove_files(folder: &Path) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            fs::remove_file(&path)
                .with_context(|| format!("could not remove {}", path.display()))?;
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}

fn write(folder: &Path, name: &str, data: &[u8]) -> Result<()> {
    fs::write(folder.join(name), data).with_context(|| format!("could not write {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_scripts_become_one() {
        let script = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nlet wasm;\n";
        let loader = "import { initSync } from \"./frontend.js\";\n\nlet shared = undefined;\nexport const load_account = wrap(() => {\n});\n";
        let joined = join(script, loader).unwrap();
        assert!(
            !joined.contains("import *") && !joined.contains("import {"),
            "{joined}"
        );
        assert!(
            joined.contains("const load_account = wrap(() => {\n});\nreturn { load_account };"),
            "{joined}"
        );
        assert!(
            joined.ends_with(
                "const import1 = chunkLoaders;\nconst import2 = chunkLoaders;\nlet wasm;\n"
            ),
            "{joined}"
        );
    }

    #[test]
    fn without_chunks_the_build_stops() {
        assert!(join("let wasm;", "let shared = undefined;").is_err());
    }

    #[test]
    fn names_follow_the_content() {
        let folder = tempfile::tempdir().unwrap();
        let (parts, site) = (folder.path().join("parts"), folder.path().join("site"));
        fs::create_dir(&parts).unwrap();
        fs::create_dir(&site).unwrap();
        let fetching = |stem: &str| format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
        let pieces = |large: &[u8]| {
            fs::write(parts.join("0_account.wasm"), large).unwrap();
            fs::write(parts.join("1_small.wasm"), b"small").unwrap();
            fs::write(parts.join("2_empty.wasm"), b"").unwrap();
            fs::write(parts.join("frontend_bg.wasm"), b"main").unwrap();
            Pieces {
                main: parts.join("frontend_bg.wasm"),
                script: format!(
                    "\"frontend_bg.wasm\" {} {}",
                    fetching("0_account"),
                    fetching("1_small")
                ),
                chunks: ["0_account.wasm", "1_small.wasm", "2_empty.wasm"]
                    .map(|name| parts.join(name))
                    .to_vec(),
                needs: BTreeMap::from([(
                    "account".to_owned(),
                    vec!["1_small".to_owned(), "0_account".to_owned()],
                )]),
            }
        };
        let manifest = || -> serde_json::Value {
            serde_json::from_str(&read(&site.join(MANIFEST)).unwrap()).unwrap()
        };
        name(pieces(&[1; SMALL]), &site).unwrap();
        let first = manifest();
        let script = read(&site.join(first["js"].as_str().unwrap())).unwrap();
        let account = first["chunks"]["account"][0].as_str().unwrap();
        assert!(script.contains(&format!("\"./{account}\"")), "{script}");
        assert!(script.contains("fromText(\"c21hbGw=\")"), "{script}");
        assert_eq!(fs::read(site.join(account)).unwrap(), [1; SMALL]);

        name(pieces(&[1; SMALL]), &site).unwrap();
        assert_eq!(manifest(), first);
        name(pieces(&[2; SMALL]), &site).unwrap();
        assert_ne!(manifest()["js"], first["js"]);
        assert_eq!(manifest()["wasm"], first["wasm"]);
    }
}

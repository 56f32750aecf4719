//! Bytes that a browser loads to read a page, and to use it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};

use super::measure::PAGE;
use super::report::{Row, kilobytes};
use crate::http;
use crate::server::Server;

pub(super) fn rows(server: &Server) -> Result<Vec<Row>> {
    let plain = http::get(server.address, PAGE, None)?;
    let assets = assets(&String::from_utf8_lossy(&plain.body));
    let sum = |extensions: &[&str]| -> Result<usize> {
        let mut bytes = 0;
        for asset in &assets {
            if extensions
                .iter()
                .any(|extension| asset.ends_with(extension))
            {
                bytes += brotli_size(server, asset)?;
            }
        }
        Ok(bytes)
    };
    let page = brotli_size(server, PAGE)? + sum(&[".css"])?;
    let bundle = sum(&[".wasm", ".js"])?;
    if bundle == 0 {
        bail!("{PAGE} names no bundle\n  to fix: cargo xtask test --only bundle --only binary");
    }
    let mut rows = vec![
        Row::new(
            "a starter condition page, HTML + CSS, brotli",
            kilobytes(page),
            "≤ 25 kB",
            page <= 25_000,
        ),
        Row::new(
            "browser bundle at first, wasm + JS, brotli",
            kilobytes(bundle),
            "≤ 260 kB",
            bundle <= 260_000,
        ),
    ];
    let is_script = |asset: &&String| Path::new(asset).extension() == Some("js".as_ref());
    for script in assets.iter().filter(is_script) {
        let script = http::get(server.address, script, None)?;
        for (chunk, files) in chunks(&String::from_utf8_lossy(&script.body)) {
            let mut bytes = 0;
            for file in files {
                bytes += brotli_size(server, &format!("/assets/{file}"))?;
            }
            // Enrolling decides in the browser what is asked next.
            let most = if chunk == "registry" { 80 } else { 60 };
            rows.push(Row::new(
                &format!("what the first page of the chunk \"{chunk}\" adds"),
                kilobytes(bytes),
                &format!("≤ {most} kB"),
                bytes <= most * 1_000,
            ));
        }
    }
    Ok(rows)
}

/// The chunks that the script of the bundle can load, each with its files: its own and those that it
/// shares with others, whose names stand in a comment above them.
fn chunks(script: &str) -> BTreeMap<String, Vec<String>> {
    let mut chunks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut shared_by = Vec::new();
    for line in script.lines() {
        if let Some(names) = line
            .strip_prefix("/* ")
            .and_then(|rest| rest.strip_suffix(" */"))
        {
            shared_by = names.split(", ").map(str::to_owned).collect();
        }
        let file = line
            .split_once("new URL(\"./")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(file, _)| file)
            .filter(|file| Path::new(file).extension() == Some("wasm".as_ref()));
        let Some(file) = file else {
            continue;
        };
        let own = file
            .strip_prefix("split_")
            .and_then(|rest| rest.rsplit_once('-'))
            .map(|(chunk, _)| vec![chunk.to_owned()]);
        for chunk in own.unwrap_or_else(|| shared_by.clone()) {
            chunks.entry(chunk).or_default().push(file.to_owned());
        }
    }
    chunks
}

fn brotli_size(server: &Server, path: &str) -> Result<usize> {
    let response = http::get(server.address, path, Some("br"))?;
    if response.status != 200 || response.header("content-encoding") != Some("br") {
        bail!(
            "GET {path} answers {} with the encoding {:?}; brotli was asked for",
            response.status,
            response.header("content-encoding").unwrap_or("none")
        );
    }
    Ok(response.body.len())
}

/// Every file of the bundle that a page names, once.
fn assets(html: &str) -> Vec<String> {
    let mut found: Vec<String> = html
        .match_indices("/assets/")
        .map(|(start, _)| {
            html[start..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "/._-".contains(*c))
                .collect()
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_is_its_own_file_and_those_it_shares() {
        let script = r#"/* account, writing */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3-1a.wasm", import.meta.url));
}, []);
const load_account = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_account-2b.wasm", import.meta.url));
}, [__chunk_3]));
const load_writing = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_writing-3c.wasm", import.meta.url));
}, [__chunk_3]));
module_or_path = new URL('frontend-4d.wasm', import.meta.url);"#;
        let chunks = chunks(script);
        let names: Vec<&String> = chunks.keys().collect();
        assert_eq!(names, ["account", "writing"]);
        assert_eq!(
            chunks["account"],
            ["chunk_3-1a.wasm", "split_account-2b.wasm"]
        );
        assert_eq!(
            chunks["writing"],
            ["chunk_3-1a.wasm", "split_writing-3c.wasm"]
        );
    }

    #[test]
    fn every_file_of_the_bundle_is_counted_once() {
        let html = r#"<link rel="stylesheet" href="/assets/style-1a.css">
            <link rel="modulepreload" href="/assets/frontend-2b.js">
            <script>import("/assets/frontend-2b.js").then(m => m.default("/assets/frontend-2b_bg.wasm"))</script>"#;
        assert_eq!(
            assets(html),
            [
                "/assets/frontend-2b.js",
                "/assets/frontend-2b_bg.wasm",
                "/assets/style-1a.css"
            ]
        );
    }
}

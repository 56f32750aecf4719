//! Driving `wrk` and reading what it prints.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Bench;
use crate::run;
use crate::server::{pinned, stop};

/// One load.
pub(crate) struct Load<'a> {
    pub(crate) url: &'a str,
    pub(crate) connections: u32,
    pub(crate) headers: &'a [&'a str],
    /// A Lua script that makes the requests.
    pub(crate) script: Option<&'a Path>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) per_second: f64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
}

pub(crate) fn load(bench: &Bench<'_>, load: &Load<'_>) -> Result<Outcome> {
    let mut command = command(bench, load, bench.seconds);
    let output = run::capture(&mut command)?;
    parse(&output).with_context(|| format!("`{}` printed:\n{output}", run::shown(&command)))
}

fn command(bench: &Bench<'_>, load: &Load<'_>, seconds: u32) -> Command {
    let mut command = pinned(bench.project, "wrk", bench.load_core);
    command
        .args(["--threads", "1", "--latency"])
        .args(["--connections", &load.connections.to_string()])
        .args(["--duration", &format!("{seconds}s")]);
    for header in load.headers {
        command.args(["--header", header]);
    }
    if let Some(script) = load.script {
        command.arg("--script").arg(script);
    }
    command.arg(load.url);
    command
}

/// A load of forms that goes on while another is measured; see `xtask/bench/forms.lua`. It ends
/// with this value.
pub(crate) struct Forms {
    child: Child,
    shown: String,
}

impl Forms {
    /// Begins it, for so many seconds. `file` has the forms.
    pub(crate) fn begin(
        bench: &Bench<'_>,
        url: &str,
        connections: u32,
        file: &Path,
        seconds: u32,
    ) -> Result<Self> {
        let script = bench.project.root.join("xtask/bench/forms.lua");
        let load = Load {
            url,
            connections,
            headers: &[],
            script: Some(&script),
        };
        let mut command = command(bench, &load, seconds);
        command.arg("--").arg(file);
        let shown = run::shown(&command);
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start `{shown}`"))?;
        Ok(Self { child, shown })
    }

    pub(crate) fn goes_on(&mut self) -> Result<bool> {
        Ok(self.child.try_wait().context("lost `wrk`")?.is_none())
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Result<Answers> {
        let mut output = String::new();
        if let Some(mut pipe) = self.child.stdout.take() {
            pipe.read_to_string(&mut output)
                .context("lost the output of `wrk`")?;
        }
        let status = self.child.wait().context("lost `wrk`")?;
        if !status.success() {
            bail!("`{}` failed ({status})\n{output}", self.shown);
        }
        parse_answers(&output).with_context(|| format!("`{}` printed:\n{output}", self.shown))
    }
}

impl Drop for Forms {
    fn drop(&mut self) {
        // Only where an error has left it running: the number of one that ended may be another's.
        if matches!(self.child.try_wait(), Ok(None)) {
            stop(&mut self.child);
        }
    }
}

/// How forms were answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Answers {
    /// How many with which status.
    pub(crate) counts: BTreeMap<u16, u32>,
    pub(crate) seconds: f64,
}

fn parse_answers(output: &str) -> Result<Answers> {
    // Other than their slowness, which `wrk` calls a timeout, nothing excuses lost connections.
    if let Some(errors) = after(output, "Socket errors:")
        && !errors.starts_with("connect 0, read 0, write 0,")
    {
        bail!("connections failed ({errors}), so that the numbers mean nothing");
    }
    let counts = output
        .lines()
        .filter_map(|line| line.strip_prefix("Answered ")?.split_once(": "))
        .filter_map(|(status, count)| Some((status.parse().ok()?, count.trim().parse().ok()?)))
        .collect();
    Ok(Answers {
        counts,
        seconds: after(output, "Answers in seconds:")
            .and_then(|text| text.parse().ok())
            .filter(|seconds| *seconds > 0.0)
            .context("no line `Answers in seconds`")?,
    })
}

/// What stands behind a label at the beginning of a line.
fn after<'a>(output: &'a str, label: &str) -> Option<&'a str> {
    output
        .lines()
        .find_map(|line| line.trim().strip_prefix(label))
        .map(str::trim)
}

fn parse(output: &str) -> Result<Outcome> {
    let after = |label| after(output, label);
    if let Some(count) = after("Non-2xx or 3xx responses:") {
        bail!("{count} requests were refused, so that the numbers mean nothing");
    }
    if let Some(errors) = after("Socket errors:") {
        bail!("connections failed ({errors}), so that the numbers mean nothing");
    }
    Ok(Outcome {
        per_second: after("Requests/sec:")
            .and_then(|text| text.parse().ok())
            .context("no line `Requests/sec`")?,
        p50: after("50%").and_then(time).context("no line `50%`")?,
        p99: after("99%").and_then(time).context("no line `99%`")?,
    })
}

/// "635.00us", "1.20ms", "2.01s", "1.10m".
fn time(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let number: f64 = text[..unit].parse().ok()?;
    let factor = match &text[unit..] {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        _ => return None,
    };
    Duration::try_from_secs_f64(number * factor).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
Running 2s test @ http://127.0.0.1:3000/
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   412.33us  150.20us   5.21ms   93.50%
    Req/Sec    77.41k     3.02k   80.10k    85.00%
  Latency Distribution
     50%  392.00us
     75%  420.00us
     90%  510.00us
     99%    1.05ms
  154321 requests in 2.00s, 1.80GB read
Requests/sec:  77160.50
Transfer/sec:      0.90GB
";

    #[test]
    fn reads_speed_and_latency() {
        assert_eq!(
            parse(OUTPUT).unwrap(),
            Outcome {
                per_second: 77160.5,
                p50: Duration::from_micros(392),
                p99: Duration::from_micros(1050),
            }
        );
    }

    #[test]
    fn errors_are_not_speed() {
        let refused = format!("{OUTPUT}  Non-2xx or 3xx responses: 12\n");
        assert!(parse(&refused).is_err());
        let broken = format!("{OUTPUT}  Socket errors: connect 0, read 3, write 0, timeout 0\n");
        assert!(parse(&broken).is_err());
        assert!(parse("").is_err());
    }

    #[test]
    fn answers_to_forms_are_told_apart() {
        let output = "\
  233 requests in 6.01s, 13.12KB read
  Socket errors: connect 0, read 0, write 0, timeout 7
  Non-2xx or 3xx responses: 24
Requests/sec:     38.78
Answered 429: 16
Answered 303: 209
Answers in seconds: 6.009
";
        let answers = parse_answers(output).unwrap();
        assert_eq!(answers.counts, BTreeMap::from([(303, 209), (429, 16)]));
        assert!((answers.seconds - 6.009).abs() < 1e-9);
        assert!(parse_answers(&output.replace("read 0", "read 1")).is_err());
        assert!(parse_answers("").is_err());
    }

    #[test]
    fn reads_every_unit() {
        assert_eq!(time("2.00s"), Some(Duration::from_secs(2)));
        assert_eq!(time("1.50m"), Some(Duration::from_secs(90)));
        assert_eq!(time("5"), None);
        assert_eq!(time("5 parsecs"), None);
    }
}

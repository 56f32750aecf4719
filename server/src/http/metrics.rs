//! Counters for Prometheus, on an address of their own.

use std::{net::SocketAddr, sync::LazyLock};

use anyhow::{Context, Result};
use axum::http::StatusCode;
use metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};
use metrics_exporter_prometheus::PrometheusBuilder;

/// Handles that are looked up once: counting is an addition and nothing else.
pub(super) struct Metrics {
    pub(super) requests: Counter,
    pub(super) cache_hits: Counter,
    pub(super) told_to_wait: Counter,
    pub(super) pushed_out: Counter,
    pub(super) live_streams: Gauge,
    pub(super) seconds: Histogram,
    classes: [Counter; 4],
}

pub(super) static METRICS: LazyLock<Metrics> = LazyLock::new(|| Metrics {
    requests: counter!("rareshare_requests_total"),
    cache_hits: counter!("rareshare_page_cache_hits_total"),
    told_to_wait: counter!("rareshare_connections_told_to_wait_total"),
    pushed_out: counter!("rareshare_connections_pushed_out_total"),
    live_streams: gauge!("rareshare_live_streams"),
    seconds: histogram!("rareshare_request_seconds"),
    classes: ["2xx", "3xx", "4xx", "5xx"]
        .map(|class| counter!("rareshare_responses_total", "status" => class)),
});

impl Metrics {
    pub(super) fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100);
        if let Some(counter) = class
            .checked_sub(2)
            .and_then(|class| self.classes.get(class))
        {
            counter.increment(1);
        }
    }
}

/// Starts to answer `GET /metrics`. To be called before the first request is counted.
pub fn serve(address: SocketAddr) -> Result<()> {
    PrometheusBuilder::new()
        .with_http_listener(address)
        .set_buckets(&[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0])?
        .install()
        .with_context(|| {
            format!(
                "cannot serve metrics on {address}: choose another address with --metrics-address, or off"
            )
        })
}

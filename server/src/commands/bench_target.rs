//! `rareshare bench-target`: the site and, beside it, constant bytes.

use std::sync::Arc;

use anyhow::Result;

use super::start;
use crate::{
    config::{DataOptions, ServeOptions},
    http::{self, Spare, listener},
    jobs,
};

pub(super) async fn run(data: &DataOptions, serve: &ServeOptions) -> Result<()> {
    start::log(serve.log_format);
    let listener = listener::bind(serve.address).await?;
    let address = listener.local_addr()?;
    let state = start::state(data, serve, address).await?;
    say!("RareShare is at http://{address}");
    let _jobs = jobs::start(&state, start::mailer(data, serve, &state)?);
    let (places, live) = (serve.places(), Arc::clone(&state.live));
    let site = http::bench_site(state, Spare::start()?);
    listener::serve(listener, site, places, live).await
}

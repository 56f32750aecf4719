//! `rareshare serve`

use std::{io::IsTerminal, sync::Arc};

use anyhow::Result;

use super::{demo::sign_ins::SignIns, start};
use crate::{
    config::{DataOptions, ServeOptions},
    http::{self, Spare, listener, metrics},
    jobs,
};

pub(super) async fn run(data: &DataOptions, serve: &ServeOptions) -> Result<()> {
    start::log(serve.log_format);
    // Before the database is touched: a second server started by mistake changes nothing.
    let listener = listener::bind(serve.address).await?;
    if let Some(address) = serve.metrics()? {
        metrics::serve(address)?;
    }
    let address = listener.local_addr()?;
    let state = start::state(data, serve, address).await?;
    say!("RareShare is at http://{address}");
    say!("  try  http://{address}/communities/multiple-myeloma");
    say!("  or   http://{address}/search?q=mutiple+mieloma");
    if state.site.identity().demonstration {
        say!("This is a demonstration. All people and conversations are invented.");
        // Not into the log of a service.
        if std::io::stdout().is_terminal()
            && let Some(sign_ins) = SignIns::read(&data.data_dir)?
        {
            sign_ins.show(state.storage.database().now())?;
        }
    }
    if state.assets.bundle.script.is_none() {
        say!(
            "  The browser bundle is missing: pages work, but nothing is interactive. See rareshare doctor."
        );
    }
    let _jobs = jobs::start(&state, start::mailer(data, serve, &state)?);
    let live = Arc::clone(&state.live);
    let site = http::site(state).giving_way(Spare::start()?);
    listener::serve(listener, site, serve.places(), live).await
}

import { startRareShare } from './rareshare.mjs';

// Once per run: one server for all tests. What is returned ends it.
export default async function serve() {
  const { origin, data, outbox, stop } = await startRareShare(['--trusted-proxy', '127.0.0.1']);
  // The workers inherit them.
  process.env.RARESHARE_ORIGIN = origin;
  process.env.RARESHARE_DATA = data;
  process.env.RARESHARE_OUTBOX = outbox;
  return stop;
}

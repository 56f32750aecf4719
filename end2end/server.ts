import { startRareShare } from './rareshare.mjs';

// Once per run: one server for all tests. What is returned ends it.
export default async function serve() {
  const { origin, stop } = await startRareShare();
  process.env.RARESHARE_ORIGIN = origin; // the workers inherit it
  return stop;
}

// One RareShare with the starter catalogue: its own data folder, a free port, and an end.

import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** What canonical links begin with: never the address that a request happened to use. */
export const PUBLIC_URL = 'https://rareshare.example';

/** How long a debug build may take to load the catalogue. */
const START_MS = 60_000;
/** Above the ten seconds that the server allows running requests. */
const STOP_MS = 15_000;

const program = resolve(
  process.env.RARESHARE_BIN || join(import.meta.dirname, '../target/debug/rareshare'),
);

/** What a command sees of the environment: nothing of the operator's own settings. */
function environment(data) {
  return {
    PATH: process.env.PATH,
    RARESHARE_DATA_DIR: data,
    RARESHARE_TEST_CLOCK: join(data, TEST_CLOCK),
    RUST_LOG: 'warn',
  };
}

/** A file in the data folder: by how many days the clock is moved. */
const TEST_CLOCK = 'test-clock';

/**
 * Moves the clock of a running server, which looks at it once a second. Debug builds alone do.
 * @param {string} data the data folder of the server
 * @param {number} days from the machine's clock on
 */
export async function moveClock(data, days) {
  const file = join(data, TEST_CLOCK);
  await writeFile(`${file}.part`, String(days));
  await rename(`${file}.part`, file);
}

/**
 * Gives somebody a role, as the operator does on the command line.
 * @param {string} data the data folder of a server
 * @param {string} who address or handle
 * @param {string} role
 */
export async function grantRole(data, who, role) {
  const words = ['user', 'grant', who, role, '--reason', 'The operator knows them'];
  await promisify(execFile)(program, words, { env: environment(data) });
}

/**
 * Reads texts of a source in, as the operator does on the command line.
 * @param {string} data the data folder of a server
 * @param {object[]} documents as in the file of questions and answers, one on each line
 * @returns {Promise<string>} what the command said
 */
export async function importSections(data, documents) {
  const file = join(data, 'sections.jsonl');
  await writeFile(file, documents.map((document) => JSON.stringify(document)).join('\n'));
  const words = ['import', 'sections', file];
  const { stdout } = await promisify(execFile)(program, words, { env: environment(data) });
  return stdout;
}

/**
 * Reads clinical trials in, as the operator does on the command line.
 * @param {string} data the data folder of a server
 * @param {object[]} studies as the API of ClinicalTrials.gov gives them
 * @returns {Promise<string>} what the command said
 */
export async function importTrials(data, studies) {
  const file = join(data, 'trials.json');
  await writeFile(file, JSON.stringify({ studies }));
  const words = ['import', 'trials', file];
  const { stdout } = await promisify(execFile)(program, words, { env: environment(data) });
  return stdout;
}

/**
 * Makes a demonstration, as a newcomer does.
 * @returns {Promise<string>} its data folder, to be served from
 */
export async function makeDemonstration() {
  const data = await mkdtemp(join(tmpdir(), 'rareshare-demonstration-'));
  await promisify(execFile)(program, ['demo', '--data-dir', data], { env: environment(data) });
  return data;
}

/**
 * Starts the server and waits until it listens.
 * @param {string[]} options more of the command line
 * @param {string} [kept] the data folder of a server that has ended, to go on with
 * @returns {Promise<{ origin: string, data: string, outbox: string, end: () => Promise<void>, stop: () => Promise<void> }>}
 *   `stop` removes the data folder, `end` leaves it
 */
export async function startRareShare(options = [], kept) {
  const data = kept ?? (await mkdtemp(join(tmpdir(), 'rareshare-end2end-')));
  const server = spawn(
    program,
    [
      ...['serve', '--address', '127.0.0.1:0', '--metrics-address', 'off'],
      ...['--public-url', PUBLIC_URL, ...options],
    ],
    {
      env: environment(data),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  /** @type {Buffer[]} */
  const said = [];
  server.stderr.on('data', (text) => said.push(text));
  const ended = new Promise((end) => {
    server.once('error', end);
    server.once('exit', end);
  });

  const end = async () => {
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
      const late = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
      server.kill('SIGTERM');
      await ended;
      clearTimeout(late);
    }
  };
  const stop = async () => {
    await end();
    await rm(data, { recursive: true, force: true });
    await rm(`${data}-keys`, { recursive: true, force: true });
  };

  const origin = await new Promise((listens, fails) => {
    const late = setTimeout(() => fails(new Error(`${program} did not listen in time`)), START_MS);
    createInterface({ input: server.stdout }).on('line', (line) => {
      const address = /^RareShare is at (http:\S+)/.exec(line)?.[1];
      if (address) {
        clearTimeout(late);
        listens(address);
      }
    });
    ended.then((reason) => {
      clearTimeout(late);
      fails(new Error(`${program} ended at once (${reason}):\n${Buffer.concat(said)}`));
    });
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { origin, data, outbox: join(data, 'outbox'), end, stop };
}

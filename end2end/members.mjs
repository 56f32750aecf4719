// People to look at: a member who shows everything, others beside her, and an administrator. And
// what they have written in lists.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { request } from '@playwright/test';
import { enrol } from './enrolment.mjs';
import { picture } from './pictures.mjs';
import { grantRole, importTrials, PUBLIC_URL } from './rareshare.mjs';
import { codeOf, setUpSecondFactor } from './second-factor.mjs';

export const PASSWORD = 'four gardens without a fence';
const ABOUT = `I was told at 34, after *six years* of looking. I collect moss, and write about it.

- I like to hear from others who work with it.
- I read slowly; please be patient.`;

/** The path in the letter to an address. */
async function linkFor(outbox, address) {
  for (let tries = 0; tries < 200; tries += 1) {
    const names = await readdir(outbox).catch(() => []);
    for (const name of names.filter((name) => name.endsWith('.eml'))) {
      const text = await readFile(join(outbox, name), 'utf8');
      const body = text.replaceAll('=\r\n', '').replaceAll('=3D', '=');
      if (text.includes(`To: ${address}`)) return body.split(PUBLIC_URL)[1].split(/[\s"<]/)[0];
    }
    await setTimeout(100);
  }
  throw new Error(`no letter to ${address}`);
}

/** Somebody who has joined: their cookies, and ways to send forms as a browser without scripts does. */
export async function member({ origin, outbox }, name, more = {}) {
  const context = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
  const address = `${name.toLowerCase().replaceAll(/\W+/g, '.').slice(0, 40)}@example.org`;
  const send = async (path, form) => {
    const answer = await context.post(path, { form, maxRedirects: 0 });
    if (answer.status() !== 303) throw new Error(`${path}: ${answer.status()}`);
    return answer.headers().location;
  };
  const see = async (path) => (await context.get(path)).text();
  await send('/join', {
    ...{ form: 'account/join', key: address, email: address, name, password: PASSWORD },
    ...{ relation: '', condition: '', country: '', age: 'yes', terms: 'yes', ...more },
  });
  const link = await linkFor(outbox, address);
  const token = link.split('/').at(-1);
  await send(link, { form: 'account/confirm', token, password: PASSWORD });
  const [, handle] = /\/members\/(\w+)/.exec(await see('/settings/what-others-see'));
  const shows = async (colour, audience, about = '') => {
    await send('/settings/profile', {
      ...{ form: 'profile/change', name, about },
      ...{ 'name-audience': audience, 'about-audience': audience, 'listed-audience': audience },
    });
    const file = { form: 'profile/picture', audience, picture: picture(colour) };
    const answer = await context.post('/settings/picture', { multipart: file, maxRedirects: 0 });
    if (answer.status() !== 303) throw new Error(`/settings/picture: ${answer.status()}`);
  };
  const names = (condition, audience) =>
    send('/settings/communities', { form: 'community/add', condition, audience });
  const setsUpSecondFactor = () =>
    setUpSecondFactor(
      async (form) => (await context.post('/settings/second-factor', { form })).text(),
      () => see('/settings/second-factor'),
      PASSWORD,
    );
  return { address, handle, send, see, shows, names, setsUpSecondFactor, cookies: await context.storageState() };
}

/** What the hidden fields of a form say of the address of its page. */
function parts(path) {
  const [, , slug, , kind, , id] = path.split('/');
  return { slug, kind, id };
}

/** What stands in lists: a tip that helped, a hidden one, a hidden name, and a tip that waits. */
async function write(expert, newcomer) {
  const sections = '/communities/multiple-myeloma/sections';
  const tip = (who, name, description) =>
    who.send(`${sections}/tips/edit`, {
      ...{ form: 'wiki/add-tip', slug: 'multiple-myeloma', key: name },
      ...{ name, description },
    });
  const entry = async (kind, title) => {
    const list = await expert.see(`${sections}/${kind}/edit`);
    return new RegExp(`href="([^"]*/entries/[^"]*)">${title}`).exec(list)[1];
  };
  const hide = async (path, reason) => {
    const [, base] = /name="base" value="(\d*)"/.exec(await expert.see(path));
    await expert.send(path, { form: 'wiki/hide-entry', ...parts(path), key: path, reason, base });
  };
  await tip(expert, 'Rest', 'A short walk, *then* a rest:\n\n- ten minutes\n- once a day');
  await tip(expert, 'Drink this tea', 'It heals.');
  const [rest, tea] = [await entry('tips', 'Rest'), await entry('tips', 'Drink this tea')];
  await expert.send(rest, { form: 'wiki/helped', ...parts(rest), helped: 'yes' });
  await hide(tea, 'It advertises, and there is no tea that heals.');
  await hide(await entry('synonyms', 'Myelomatosis'), 'Nobody says so any more.');
  const reference = await entry('references', 'Cancer Stat Facts');
  const proposal = await tip(newcomer, 'Ask for the names of your medicines', 'On **paper**.');
  return { rest, tea, reference, proposal: proposal.split('?')[0] };
}

/**
 * A discussion with replies, one of which was edited, one deleted, one behind a content note and one by
 * somebody whom Ada has muted, and one for members alone.
 */
async function discuss(ada, grace, long) {
  const slug = 'multiple-myeloma';
  const start = (who, title, text, audience) =>
    who.send(`/communities/${slug}/discussions/new`, {
      ...{ form: 'community/start', key: title, slug, title, text, audience },
    });
  const topic = await start(
    ada,
    'How do you get through the days after an infusion?',
    'Mine are on Tuesdays, and on **Thursdays** I can hardly climb the stairs.\n\n- I sleep at noon.\n- I cook the day before.\n\nWhat do you do?',
    'everyone',
  );
  const [, , id, words] = topic.split('/');
  const reply = (who, text, to = '') =>
    who.send(`${topic}/reply`, {
      ...{ form: `community/reply${to && `#${to}`}`, key: text, id, words, in_reply_to: to, text },
    });
  const change = (who, number, what, fields) =>
    who.send(`${topic}/posts/${number}/${what}`, {
      ...{ form: `community/${what}-post`, id, words, number, ...fields },
    });
  await reply(grace, 'I walk to the *bakery* and back, however slowly. It takes me an hour, and I meet people.', '1');
  await reply(long, 'There is a tea that takes all of it away, see my page.');
  await reply(ada, 'An hour! I would be glad of that. Thank you.', '2');
  await change(grace, 2, 'edit', {
    version: 1,
    text: 'I walk to the *bakery* and back, however slowly. It takes me an hour, and I meet people there.',
  });
  await change(long, 3, 'delete', { reason: 'I was wrong about the tea' });
  await grace.send(`${topic}/reply`, {
    ...{ form: 'community/reply', key: 'noted', id, words, in_reply_to: '' },
    ...{ text: 'My father died on such a day. I still cook for two.', content_note: 'mentions death' },
  });
  await reply(long, 'Write to me about the tea.');
  const act = (who, number, what, fields) =>
    who.send(`${topic}/posts/${number}/${what}`, { form: `community/${what}`, id, number, ...fields });
  await act(grace, 1, 'react', { give: 'me-too' });
  await act(long, 1, 'react', { give: 'me-too' });
  await act(ada, 2, 'react', { give: 'thank-you' });
  await act(ada, 5, 'react', { give: 'hugs' });
  await act(ada, 6, 'mute', {});
  await start(grace, 'Who is near Ulm?', 'We could meet.', 'community');
  await grace.send(`/communities/${slug}/resources/new`, {
    ...{ form: 'community/suggest-resource', key: 'guide', slug, title: 'A guide to the first weeks' },
    ...{ link: 'https://www.example.org/first-weeks', description: 'What to ask, and whom.' },
    ...{ date: '2025-05', kind: 'guide', language: 'en' },
  });
  return { topic };
}

/** Clinical trials about multiple myeloma. */
async function trials(server) {
  const study = (number, title, status, countries, more = {}) => ({
    protocolSection: {
      identificationModule: { nctId: `NCT0000000${number}`, briefTitle: title },
      statusModule: { overallStatus: status, lastUpdatePostDateStruct: { date: '2025-05-17' } },
      sponsorCollaboratorsModule: { leadSponsor: { name: 'University hospital of Ulm' } },
      conditionsModule: { conditions: ['Multiple Myeloma'] },
      contactsLocationsModule: { locations: countries.map((country) => ({ country })) },
      ...more,
    },
  });
  const lands = ['Japan', ...Array.from({ length: 30 }, (_, number) => `Far country ${number + 1}`)];
  await importTrials(server.data, [
    study(1, 'Walking every day during treatment', 'RECRUITING', ['Germany', 'Japan'], {
      designModule: { studyType: 'INTERVENTIONAL', phases: ['PHASE2', 'PHASE3'] },
      eligibilityModule: { sex: 'ALL', minimumAge: '18 Years' },
    }),
    study(2, 'A study with a title that is as long as those of studies are, of a substance that nobody can pronounce, alone and in combination, in people whose disease has come back after two or more treatments', 'ACTIVE_NOT_RECRUITING', lands),
    study(3, 'How people live ten years later', 'COMPLETED', [], {
      designModule: { studyType: 'OBSERVATIONAL' },
    }),
  ]);
}

/** A question with an answer of an expert and one of a member, one that is open, and one that is declined. */
async function askExperts(expert, grace, long) {
  const slug = 'multiple-myeloma';
  const ask = (title, text, audience) =>
    grace.send(`/communities/${slug}/questions/new`, {
      ...{ form: 'community/ask', key: title, slug, title, text, audience },
    });
  const answer = (who, question, text) => {
    const [, , id, words] = question.split('/');
    return who.send(`${question}/answer`, { form: 'community/answer', key: text, id, words, text });
  };
  const question = await ask(
    'Can I go swimming while I am on treatment?',
    'I used to swim **every day**. My doctor said to be careful, and not with what.',
    'everyone',
  );
  await answer(long, question, 'I go early in the morning, when there are few people, and I wear a shirt.');
  await answer(
    expert,
    question,
    'Swimming is good for most people. What matters:\n\n- no open wounds, and no line under the skin that may get wet\n- not on days with a fever\n\nAsk your own team how your blood counts are.',
  );
  const open = await ask('Which vaccines do I need before I travel?', '', 'everyone');
  const declined = await ask('Is the pain in my left side a bad sign?', 'Since Monday.', 'members');
  const [, , id, words] = declined.split('/');
  await expert.send(declined, {
    ...{ form: 'community/decline-question', id, words },
    reason: 'This needs your own doctor, today.',
  });
  return { question, open, declined };
}

/** A discussion of Grace's that is locked, with a hidden reply of Ada's, who appeals. */
async function moderate(root, ada, grace) {
  const slug = 'multiple-myeloma';
  const title = 'Which doctors in the north do you trust?';
  const topic = await grace.send(`/communities/${slug}/discussions/new`, {
    ...{ form: 'community/start', key: title, slug, title, audience: 'everyone' },
    text: 'I have to move, and **start again** with everything.',
  });
  const [, , id, words] = topic.split('/');
  await ada.send(`${topic}/reply`, {
    ...{ form: 'community/reply', key: title, id, words, in_reply_to: '' },
    text: 'Not Doctor Example: he never listens.',
  });
  const at = `/admin/topics/${id}/posts/2`;
  const act = (form, reason) => root.send(at, { form: `moderation/${form}`, id, number: 2, reason });
  await act('hide-post', 'Names a doctor who cannot answer here');
  await act('lock-topic', 'It has turned into a list of complaints');
  const decisions = await ada.see('/decisions');
  const [, decision] = /\/decisions\/([a-z0-9]{10})/.exec(decisions);
  await ada.send(`/decisions/${decision}`, {
    ...{ form: 'moderation/appeal', id: decision },
    words: 'He is a public figure.\n\nEverybody in the north knows him.',
  });
  const [appeal] = /\/admin\/appeals\/[a-z0-9]{10}/.exec(await root.see('/admin/appeals'));
  return { topic: `/topics/${id}/${words}`, post: at, decision: `/decisions/${decision}`, appeal };
}

/** Ada leads her community, and asks for another one. */
async function lead(root, ada) {
  const slug = 'multiple-myeloma';
  const at = `/communities/${slug}/lead`;
  await root.send(at, { form: 'community/appoint-leader', slug, handle: ada.handle });
  const settings = await ada.see('/settings/communities');
  const [, id] = /accept-invitation#([a-z0-9]+)/.exec(settings);
  await ada.send('/settings/communities', {
    ...{ form: `community/accept-invitation#${id}`, id },
    words: 'Diagnosed in 2019. Ask me about the first year.',
  });
  await ada.send(at, { form: 'community/welcome', slug, text: 'Glad that **you** are here.' });
  const sent = await ada.send('/start/request', {
    ...{ form: 'community/request-community', key: 'request', name: 'Zyqvoxitis', leads: 'yes' },
    ...{ why: 'We are nine families, and there is nothing to read.', links: 'https://example.org/a' },
  });
  return sent.split('?')[0];
}

/**
 * Somebody new writes where Ada leads: one post is declined, one waits. And Grace writes without her
 * name.
 */
async function writeFirst(nils, ada, grace) {
  const slug = 'multiple-myeloma';
  await nils.names('Multiple myeloma', 'everyone');
  const start = (who, title, text, more = {}) =>
    who.send(`/communities/${slug}/discussions/new`, {
      ...{ form: 'community/start', key: title, slug, title, text, audience: 'everyone', ...more },
    });
  await start(nils, 'Buy my book', 'It has all the answers.');
  await start(nils, 'Does it get easier?', 'I was told on **Friday**. I do not know whom to ask.');
  const waiting = `/communities/${slug}/first-posts`;
  const page = await ada.see(waiting);
  const [, id] = /community\/decline-first-post#([a-z0-9-]+)/.exec(page);
  await ada.send(waiting, {
    ...{ form: `community/decline-first-post#${id}`, id, slug, reason: 'This is an advertisement.' },
  });
  const alias = await start(grace, 'I have told nobody at work', 'How did you?', {
    anonymous: 'yes',
    audience: 'members',
  });
  return { waiting, alias };
}

/** Ada and Grace report things, of which one is decided. */
async function reportSomething(ada, grace, root, { topic, long }) {
  const id = topic.split('/')[2];
  const send = (person, kind, value, category, text) =>
    person.send(`/report/${kind}/${value}`, {
      ...{ form: 'reports/make', key: `${kind}-${category}`, kind, value, category, text },
    });
  await send(ada, 'member', long.handle, 'spam', 'He sells a cure to everyone who joins.');
  await send(grace, 'member', long.handle, 'dangerous-advice', '');
  const queue = await root.see('/admin/reports');
  const [, closed] = /\/admin\/reports\/([a-z0-9]{10})/.exec(queue);
  const at = `/admin/reports/${closed}`;
  await root.send(at, { form: 'reports/note', key: 'note', id: closed, text: 'He has been warned before.' });
  await root.send(at, {
    ...{ form: 'reports/close', id: closed, state: 'upheld' },
    text: 'Thank you. You were right, and we have acted.',
  });
  await send(grace, 'post', `${id}-1`, 'danger', 'She writes that she cannot go on.');
  const open = /\/admin\/reports\/([a-z0-9]{10})/.exec(await root.see('/admin/reports'))[1];
  return { open: `/admin/reports/${open}`, closed: at, subject: `/report/member/${long.handle}` };
}

/** Staff of the registry look at who Nils is. Returns the pages of him and of somebody they have not looked at. */
async function lookAt(hera, key, nils, ada, enrolled) {
  const pageOf = async (who, random) => {
    const named = new RegExp(`/registry/enrol/${random}"[^]*?(RS-[0-9A-Z]{10})`);
    const [, code] = named.exec(await who.see('/registry/enrol'));
    return `/admin/registry/${code}`;
  };
  const open = await pageOf(nils, enrolled.whole);
  await hera.send(open, {
    ...{ form: 'registry/break-glass', participant: open.split('/').at(-1), code: codeOf(key) },
    reason: 'They wrote that their phone number has changed, and asked us to call them back',
  });
  return { open, closed: await pageOf(ada, enrolled.ready) };
}

/**
 * Fills a new server with people.
 * @returns who they are, by what can be seen of them, and where what they have written stands
 */
export async function populate(server) {
  await trials(server);
  const ada = await member(server, 'Ada Lovelace', { condition: 'Kahler disease', country: 'IS' });
  await ada.shows([20, 130, 110], 'everyone', ABOUT);
  // Named when she joined, and hers alone until now.
  await ada.send('/settings/communities', {
    ...{ form: 'community/change#multiple-myeloma', slug: 'multiple-myeloma' },
    ...{ audience: 'everyone', home: 'yes' },
  });
  await ada.names('Chronic inflammatory demyelinating polyneuropathy', 'members');
  const long = await member(server, 'Wolfgang-Amadeus Donaudampfschifffahrtsgesellschaft');
  await long.shows([180, 120, 60], 'everyone');
  await long.names('Multiple myeloma', 'everyone');
  const grace = await member(server, 'Grace');
  await grace.send('/settings/profile', {
    ...{ form: 'profile/change', name: 'Grace', about: '' },
    ...{ 'name-audience': 'everyone', 'about-audience': 'only-me', 'listed-audience': 'everyone' },
  });
  await grace.names('Multiple myeloma', 'everyone');
  const { topic } = await discuss(ada, grace, long);
  const newcomer = await member(server, 'Mary');
  const root = await member(server, 'Root');
  await grantRole(server.data, root.address, 'administrator');
  await grantRole(server.data, ada.address, 'expert');
  await root.setsUpSecondFactor();
  await ada.setsUpSecondFactor();
  const questions = await askExperts(ada, grace, long);
  const measure = (form, { handle }, reason) =>
    root.send(`/admin/people/${handle}`, { form, handle, reason, key: reason, length: 'month' });
  await measure('admin/warn', long, 'Please do not name other people’s illnesses');
  await measure('admin/suspend', long, 'Advertises a cure that does not exist');
  await measure('admin/restore', long, 'It was a misunderstanding: see our mails');
  await measure('admin/suspend', newcomer, 'Wrote the same message to forty people');
  const request = await lead(root, ada);
  const report = await reportSomething(ada, grace, root, { topic, long });
  const moderated = await moderate(root, ada, grace);
  const written = await write(ada, grace);
  const nils = await member(server, 'Nils');
  const first = await writeFirst(nils, ada, grace);
  const enrolled = await enrol(ada, nils, PASSWORD);
  const hera = await member(server, 'Hera');
  await grantRole(server.data, hera.address, 'registry-staff');
  const looked = await lookAt(hera, await hera.setsUpSecondFactor(), nils, ada, enrolled);
  const said = { topic, questions, request, report, moderated, written, first, enrolled, looked };
  return { ada, long, newcomer, nils, root, hera, ...said };
}

import {
  ADULT,
  aChildOf,
  answersAll,
  begins,
  comesTo,
  continues,
  ENROL,
  MOST,
  NEXT,
  NOTHING,
  picks,
  readsHistory,
  signs,
  UNDERSTOOD,
} from './enrolling';
import { becomesMember, elsewhere, heading, leaves, presses, REFUSED_MESSAGE } from './people';
import { expectsAPlainPage } from './reading';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

/** A parent enrols a child, and gets back the address of its pages and its code. */
async function enrolsAChild(visitor: Visitor, years: number, allowed: typeof NOTHING) {
  await answersAll(visitor, aChildOf(years), 'Enrolment: a child');
  await continues(visitor, 'Consent');
  await signs(visitor, UNDERSTOOD.parent, 'Ada Lovelace');
  if (years >= 7) {
    await comesTo(visitor, 'For the child: do you want to take part?', expectsAPlainPage);
    await signs(visitor, UNDERSTOOD.child, 'Byron', 'The child’s name');
  }
  await answersAll(visitor, allowed, 'This person is enrolled');
  await expectsAPlainPage(visitor);
  const code = /RS-[0-9A-Z]{10}/.exec(await visitor.main.innerText())![0];
  return { address: new URL(visitor.page.url()).pathname, code };
}

for (const viewport of VIEWPORTS) {
  test.describe(`The registry, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('takes in an adult, who changes their mind and leaves', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      await begins(visitor);
      await expectsAPlainPage(visitor);
      // Nothing chosen is said at the field.
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await presses(visitor, NEXT);
      await expect(visitor.main.getByRole('alert')).toContainText('Choose one of the answers.');
      await visitor.settles();
      await expectsAPlainPage(visitor);
      await answersAll(visitor, ADULT.slice(0, 4), ADULT[4][0], expectsAPlainPage);
      // Interrupted here, it goes on where it was.
      await visitor.opens(ENROL);
      await visitor.main.getByRole('link', { name: 'Yourself' }).click();
      await comesTo(visitor, 'Your enrolment', expectsAPlainPage);
      await expect(visitor.main).toContainText('4 of 9 questions are answered');
      await continues(visitor, ADULT[4][0]);
      await answersAll(visitor, ADULT.slice(4), 'Your enrolment', expectsAPlainPage);
      await expect(visitor.main).toContainText('Multiple myeloma');
      await expect(visitor.main).toContainText('27 March 1984');
      await continues(visitor, 'Consent', expectsAPlainPage);

      // A wrong answer explains again, and the rest stays.
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await signs(
        visitor,
        ['It may get worse', ...UNDERSTOOD.adult.slice(1)],
        'Ada Lovelace',
      );
      await expect(visitor.main.getByRole('alert')).toContainText('Your care does not change');
      await visitor.settles();
      await expectsAPlainPage(visitor);
      await signs(visitor, UNDERSTOOD.adult.slice(0, 1), 'Ada Lovelace');
      await comesTo(visitor, NOTHING[0][0]);
      if (visitor.scripted) {
        // What it means is said before it is sent.
        await picks('Any research')(visitor);
        const summary = visitor.main.getByRole('status').last();
        await expect(summary).toContainText('Your data may be used for any research');
      }
      await answersAll(visitor, NOTHING, 'You are enrolled', expectsAPlainPage);
      await expect(visitor.main).toContainText('RS-');
      await expect(visitor.main).toContainText('Your data may not be used for research.');

      // One permission changes at once.
      await visitor.main.getByRole('link', { name: /^Change.*other registries\?$/ }).click();
      const shares = 'May we share your data with other registries?';
      await answersAll(visitor, [[shares, picks('Yes')]], 'You are enrolled');
      await expect(visitor.main.getByRole('status')).toContainText('Saved.');
      await visitor.main.getByRole('link', { name: 'Consent, version 1' }).click();
      await expect(visitor.main).toContainText('This page is your copy.');
      await visitor.settles();
      await expectsAPlainPage(visitor);

      // Nobody else finds it.
      const address = new URL(visitor.page.url()).pathname.split('/').slice(0, 4).join('/');
      const stranger = await elsewhere(browser, visitor, baseURL!);
      await becomesMember(stranger, 'Grace');
      stranger.expectsOneMessage(/404/);
      await stranger.opens(address);
      await expect(stranger.main).not.toContainText('Lovelace');
      await leaves(stranger);

      await visitor.opens(address);
      await visitor.main.getByRole('link', { name: 'Leave the registry' }).click();
      await expect(heading(visitor)).toHaveText('Leave the registry');
      await visitor.settles();
      await expectsAPlainPage(visitor);
      await presses(visitor, 'Delete the data');
      await expect(visitor.main.getByRole('status')).toContainText('Done.');
      await visitor.settles();
      await expect(visitor.main).not.toContainText('27 March 1984');
      await expect(visitor.main).toContainText('signed by Ada Lovelace');
      await expectsAPlainPage(visitor);
      const lines = await readsHistory(visitor, expectsAPlainPage);
      await expect(lines.first()).toContainText('Deleted the data.');
      await expect(lines.last()).toContainText('Ada Lovelace signed');
    });

    test('takes in two children, one of whom is asked as well', async ({ visitor }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      await begins(visitor);
      const older = await enrolsAChild(visitor, 9, NOTHING);
      await begins(visitor, 'Enrol another person');
      const younger = await enrolsAChild(visitor, 4, MOST);

      // Each has what was allowed of them, and a history of their own.
      const children = [
        { ...older, signed: 2, allowed: NOTHING, told: 'may not be used for research' },
        { ...younger, signed: 1, allowed: MOST, told: 'may be used for any research' },
      ];
      for (const { address, code, signed, allowed, told } of children) {
        await visitor.opens(ENROL);
        const listed = visitor.main.locator('.topics > li');
        await expect(listed).toHaveCount(2);
        const line = listed.filter({ hasText: code });
        await expect(line).toContainText('Enrolled');
        await line.getByRole('link', { name: 'A child' }).click();
        await comesTo(visitor, 'This person is enrolled');
        expect(new URL(visitor.page.url()).pathname).toBe(address);
        await expect(visitor.main).toContainText(told);
        const lines = await readsHistory(visitor);
        await expect(lines).toHaveCount(signed + allowed.length);
        const assent = lines.filter({ hasText: 'Byron signed the assent of the child, version 1.' });
        await expect(assent).toHaveCount(signed - 1);
        await expect(lines.filter({ hasText: 'Ada Lovelace signed the consent' })).toHaveCount(1);
        await expect(lines.filter({ hasText: allowed[0][0] })).toHaveCount(1);
      }

      // Another permission of one changes nothing for the other.
      await visitor.opens(younger.address);
      await visitor.main.getByRole('link', { name: /^Change.*by companies\?$/ }).click();
      const companies = 'May the research be done by companies?';
      await answersAll(visitor, [[companies, picks('Yes')]], 'This person is enrolled');
      await visitor.opens('/registry/me');
      const all = visitor.main.locator('.topics > li');
      await expect(all.filter({ hasText: older.code })).toHaveCount(2 + NOTHING.length);
      await expect(all.filter({ hasText: younger.code })).toHaveCount(1 + MOST.length + 1);
      await expect(all.first()).toContainText(`${companies} Yes`);
      await expectsAPlainPage(visitor);
      await visitor.opens(older.address);
      await expect(visitor.main).toContainText('may not be used for research');

      // What was begun by mistake goes again.
      await begins(visitor, 'Enrol another person');
      await visitor.opens(ENROL);
      await expectsAPlainPage(visitor);
      await visitor.main.getByRole('link', { name: 'Not chosen yet' }).click();
      await comesTo(visitor, 'Enrolment', expectsAPlainPage);
      await presses(visitor, 'Delete');
      await expect(visitor.main.getByRole('status')).toContainText('The answers are deleted.');
      await visitor.settles();
      await expect(visitor.main.locator('.topics > li')).toHaveCount(2);
    });
  });
}

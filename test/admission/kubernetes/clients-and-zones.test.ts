import { describe, expect, test } from 'vitest';
import { webhookUrlProblems } from '../../../src/admission/kubernetes/webhook-client';
import { isTimeZone } from '../../../src/kubernetes/time-zone';

describe('webhookUrlProblems', () => {
  test.each([
    ['https://shops.example.com/interpret', []],
    ['HTTPS://shops:8443', []],
    ['https://[::1]:8443/x', []],
    ['http://shops', ['must begin with https://, begins with http']],
    ['shops/x', ['must begin with https://, begins with no scheme', 'must have a host']],
    ['https:///x', ['must have a host']],
    ['https://me:pass@shops', ['must not have a user']],
    ['https://shops?x=1#y', ['must not have a fragment (#)', 'must not have a query (?)']],
    ['https://shops/%zz', ['is not a URL']],
    ['https://a b', ['is not a URL']],
    ['https://shops:http', ['is not a URL']],
    [':x', ['is not a URL']],
  ])('%s', (url, problems) => {
    expect(webhookUrlProblems(url)).toEqual(problems);
  });
});

// What Go's time.LoadLocation finds with the database it bundles.
test('time zones are named as the IANA database spells them', () => {
  const found = ['', 'UTC', 'Local', 'Europe/Berlin', 'US/Pacific', 'Asia/Katmandu', 'EST', 'Etc/GMT+5', 'W-SU'];
  const unknown = ['europe/berlin', 'utc', '+01:00', 'CST', 'PST', 'Mars/Phobos', '../UTC', '/UTC', 'Europe'];
  expect(found.filter((name) => !isTimeZone(name))).toEqual([]);
  expect(unknown.filter(isTimeZone)).toEqual([]);
});

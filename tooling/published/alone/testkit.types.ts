import { type AdapterUnderTest, describeAdapter, type TestRunner } from '@switchgear/testkit';

declare const host: AdapterUnderTest;
declare const runner: TestRunner;
describeAdapter('alone', () => host, runner);

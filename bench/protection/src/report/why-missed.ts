/** What stands behind the goals that are missed in one run or another. */
export const WHY_MISSED = `**Why goals are missed**, in this run or with other seeds:

- *1, false trips.* The limit promises one false alarm in a day's calls, which at 50 a second are 4.3 million; the second
  statistic makes them rarer. A limit ten times higher would need another failure for each detection.
- *2, detection.* The limit allows one false alarm in a day's calls; the bound assumes one in a million.
- *5, failed calls.* The formula for probes makes a tenth more calls than the goal allows. Fewer would notice the end later.
- *7, a retry storm.* The oracle knows the queue; a client learns of it from answers, and has already sent more calls by then.
- *7 and 8, medium traffic.* Two servers can take three or four calls at a time. Finding such a limit takes averages over
  twenty answers, and meanwhile many calls are refused or queued; the oracle knows the queue. With 67 servers, at high
  traffic, these goals are met.
- *9, latency.* With two servers, one run in five takes eight times the latency for overload. It limits calls until all that
  come have been served for long enough, and may refuse some meanwhile. Three runs are few: over sixty it cost 1.04 of no breaker.
- *10, the reference.* The difference is smaller than its error, in either direction.
- *12, time.* The clock is read twice for each call, and a permit is made. The time depends on the machine and its load.
- *13, two kinds of call.* A call in twenty or in a hundred takes 40 times as long. When all servers work on such calls, nothing
  comes back for many times the usual latency, and the client cannot see that those calls are of another kind. It learns that from
  the queues that drain, so it is the first ones in a run that cost.

**What a client cannot know.** Four goals of the study were replaced by what a client can know:

- *2.* Two failures would be the optimum where one call in a thousand fails. One dropped connection can fail two calls, so
  fewer than three never open the circuit. The goal compares with the best test that waits for three.
- *4.* Silence of less than 150 ms does not count: while one synchronous block starts hundreds of calls, no answer can come
  back. The goal was 100 ms.
- *5, back after a hang.* A probe that was sent just before the end hangs until its time limit. The goal was 4 s with a time
  limit of 10 s.
- *5, failed calls in a hang.* The calls of the 150 ms are among them. The goal was 0.6 % with them.`;

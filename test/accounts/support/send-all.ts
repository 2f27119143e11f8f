import { Agent, request } from 'node:http';

/** One post. */
export interface Sending {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How it was answered. */
export interface Sent {
  /** 0 = there was no answer */
  readonly status: number;
  readonly ms: number;
}

/** Sends posts over some kept connections as fast as they are answered. @returns the answers in the order of the posts */
export async function sendAll(
  posts: readonly Sending[],
  connections: number,
  hear: (sent: Sent) => void = () => undefined,
): Promise<readonly Sent[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answers: Sent[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < posts.length; index = next++) {
      const post = posts[index];
      if (post === undefined) return;
      const sent = await send(post, agent);
      answers[index] = sent;
      hear(sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  agent.destroy();
  return answers;
}

function send({ url, body, headers }: Sending, agent: Agent): Promise<Sent> {
  const from = performance.now();
  return new Promise((resolve) => {
    const end = (status: number): void => {
      resolve({ status, ms: performance.now() - from });
    };
    const outgoing = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume();
        answer.once('end', () => {
          end(answer.statusCode ?? 0);
        });
        answer.once('error', () => {
          end(0);
        });
      },
    );
    outgoing.once('error', () => {
      end(0);
    });
    outgoing.end(body);
  });
}

/** The time within which this part of the posts was answered, ms. */
export function percentile(sent: readonly Sent[], part: number): number {
  const times = sent.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? NaN;
}

/** `npm run bench -- TOPIC [FLAGS]`: loads `bench/TOPIC.ts`, which exports `run`. */
const topics = ['synth', 'start-up', 'planner', 'lint', 'view'] as const;

async function main([topic, ...flags]: readonly string[]): Promise<void> {
  if (!topics.some((one) => one === topic)) {
    console.error(`npm run bench -- ${topics.join('|')}`);
    process.exitCode = 2;
    return;
  }
  const { run } = (await import(`./${topic}`)) as { run: (flags: readonly string[]) => void | Promise<void> };
  await run(flags);
}

void main(process.argv.slice(2));

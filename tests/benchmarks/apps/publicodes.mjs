// The same callers on publicodes: node publicodes.mjs ENTRY_FILE TASK_JSON > RESULT_JSON
//
// One session a caller: the first question in order that is applicable and without an answer is
// asked, until none is left. Timed: the situation is set anew, every item and the next question
// are evaluated. What comes out is written down afterwards.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , entry, task] = process.argv;
const { default: Engine } = await import(pathToFileURL(entry).href);
const { rules, questions, items, callers } = JSON.parse(readFileSync(task, 'utf8'));
const silent = { log() {}, warn() {}, error() {} };
const engine = new Engine(rules, { logger: silent });

const LETTER = new Map([[true, 'y'], [undefined, '?'], [false, 'n'], [null, 'n']]);
const value = (name) => engine.evaluate(name).nodeValue;

function recompute(situation) {
  engine.setSituation(situation);
  const values = items.map(value);
  const next = questions.find(({ id, asked }) => !(id in situation) && value(asked) === true);
  return { values, next: next ? next.id : null };
}

function session(caller) {
  const states = [];
  let situation = {};
  for (;;) {
    const start = process.hrtime.bigint();
    const { values, next } = recompute(situation);
    const micros = Number(process.hrtime.bigint() - start) / 1000;
    states.push({ next, micros, verdicts: values.map((v) => LETTER.get(v)).join('') });
    if (next === null) return states;
    situation = { ...situation, [next]: `'${caller[next]}'` };
  }
}

process.stdout.write(JSON.stringify(callers.map(session)));

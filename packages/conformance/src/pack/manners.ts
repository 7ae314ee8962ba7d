/** What every probe of a card is held to: its outputs are declared, and it reaches the world through its context alone. */
import { fieldName } from '@flowdeck/engine/kit';
import { refuse, type Subject } from './check.js';
import type { Probed } from './probe.js';

/** @throws FlowdeckError `pack-check` */
export function judgeManners(subject: Subject, { conduct, inputs }: Probed, how: string): void {
  const { card, hosts } = subject;
  const [change] = conduct.changed;
  if (change !== undefined) {
    refuse(`The card changes ${change} ${how}.`, 'All code of a host shares it: keep to objects of your own.');
  }
  const [input] = conduct.altered;
  if (input !== undefined) {
    refuse(
      `The card changes its input "${input}" ${how}.`,
      'Other cards see the same value: make a new one, and leave what was given as it is.',
    );
  }
  const [way] = conduct.past;
  if (way !== undefined) refuse(`The card uses ${way.told} ${how}.`, way.remedy);
  const [error] = conduct.uncaught;
  if (error !== undefined) {
    refuse(
      `The card leaves an error behind that nobody catches ${how}: ${error}`,
      'It would end the process of its host. Wait for every promise, and catch what a timer may throw.',
    );
  }
  const [left] = conduct.left;
  if (left !== undefined) {
    refuse(
      `The card leaves ${left} behind ${how}.`,
      'It would go on in the process of its host, run after run: end it before the card ends.',
    );
  }
  const [odd] = conduct.odd;
  if (odd !== undefined) {
    refuse(
      `The output "${odd[0]}" holds ${odd[1]} ${how}, which no flow can hold.`,
      'Give null, texts, numbers that are finite, booleans, dates, files, and lists and plain objects of them.',
    );
  }
  if (card.extraOutputs === undefined && !card.mirror && !card.outputsFromBlocks) {
    const declared = card.outputs.map(fieldName);
    const other = [...conduct.given].find((name) => !declared.includes(name));
    if (other !== undefined) {
      refuse(
        `The card gives "${other}" ${how}, which is no output of it.`,
        `Declare it, or leave it out. Declared: ${declared.join(', ') || 'none'}.`,
      );
    }
  }
  const named = JSON.stringify(inputs);
  const strange = [...conduct.hosts].find((host) => !named.includes(host) && !hosts.some((each) => covers(each, host)));
  if (strange !== undefined) {
    refuse(
      `The card asks ${strange} ${how}, which no input names.`,
      `Add hosts: ["${strange}"] to definePack, so that people know whom the pack talks to.`,
    );
  }
}

function covers(declared: string, host: string): boolean {
  return declared.startsWith('*.') ? host.endsWith(declared.slice(1)) : host === declared;
}

/** The two orderly ways out of a block: return and stop. */
import { type Answer, Leave, type Outputs } from '../cards/index.js';

export class Left extends Leave {
  readonly kind: 'return' | 'stop';
  readonly outputs: Outputs;
  readonly answer: Answer | undefined;

  constructor(kind: 'return' | 'stop', outputs: Outputs, answer?: Answer) {
    super();
    this.kind = kind;
    this.outputs = outputs;
    this.answer = answer;
  }
}

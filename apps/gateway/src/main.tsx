import { render } from 'preact';
import { App } from './app.tsx';
import { story, watch } from './state.ts';
import './style.css';
import 'uplot/dist/uPlot.min.css';

/** The run of the address, `#run=ID`: a story can be sent to a colleague. */
function readAddress(): void {
  story.value = new URLSearchParams(location.hash.slice(1)).get('run') ?? undefined;
}

addEventListener('hashchange', readAddress);
readAddress();
const root = document.querySelector('#app');
if (root) render(<App />, root);
void watch();

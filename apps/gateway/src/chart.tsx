import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import uPlot from 'uplot';

/** Colours of the page's theme, for what is drawn on a canvas. */
export interface Palette {
  readonly [name: string]: string;
}

/** What is drawn. */
export interface ChartProps {
  readonly title: string;
  /** What the picture says, for those who do not see it. */
  readonly label: string;
  /** One sentence under the title. */
  readonly about: ComponentChildren;
  readonly data: uPlot.AlignedData;
  /** Series, scales, axes; made again when the theme changes or `shape` does. */
  readonly build: (palette: Palette) => Omit<uPlot.Options, 'width' | 'height'>;
  /** Changes when `build` would make something else. */
  readonly shape: string;
  /** A point in words. */
  readonly describe: (index: number) => string;
  readonly legend: readonly (readonly [colour: string, name: string])[];
  /** The same figures as text. */
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly class?: string;
}

const height = 220;
const names = ['ink', 'muted', 'line', 'accent', 'good', 'warn', 'bad'] as const;
const dark = matchMedia('(prefers-color-scheme: dark)');

/** A card with a picture of uPlot, what is under the pointer in words, and the same figures as a table. */
export function Chart(props: ChartProps) {
  const { title, label, about, legend, table } = props;
  const place = useRef<HTMLDivElement>(null);
  const pointed = useSignal<number | undefined>(undefined);
  useDrawing(place, props, pointed);
  return (
    <section class={`card ${props.class ?? ''}`}>
      <h2>{title}</h2>
      <p class="about">{about}</p>
      <div class="plot" role="img" aria-label={label} ref={place} />
      <div class="under">
        <ul class="legend">{legend.map(([colour, name]) => <li key={name} class={colour}>{name}</li>)}</ul>
        <span class="pointed">{pointed.value === undefined ? '' : props.describe(pointed.value)}</span>
      </div>
      <details class="figures">
        <summary>The figures as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, figures`}>
          <table>
            <thead><tr>{table.head.map((name) => <th scope="col" key={name}>{name}</th>)}</tr></thead>
            <tbody>{table.rows.map(([first, ...rest]) => <tr key={first}><th scope="row">{first}</th>{rest.map((text, index) => <td key={table.head[index + 1]}>{text}</td>)}</tr>)}</tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function useDrawing(place: { readonly current: HTMLDivElement | null }, { data, build, shape }: ChartProps, pointed: Signal<number | undefined>): void {
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef({ data, build });
  latest.current = { data, build };
  useEffect(() => {
    const { current: box } = place;
    if (!box) return;
    const draw = () => {
      plot.current?.destroy();
      const options = latest.current.build(readPalette());
      const setCursor = [(chart: uPlot) => void (pointed.value = chart.cursor.idx ?? undefined)];
      plot.current = new uPlot({ ...options, width: box.clientWidth, height, legend: { show: false }, hooks: { ...options.hooks, setCursor } }, latest.current.data, box);
    };
    draw();
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: box.clientWidth, height }));
    observer.observe(box);
    dark.addEventListener('change', draw);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', draw);
      plot.current?.destroy();
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(data), [data]);
}

function readPalette(): Palette {
  // Colours are custom properties of light-dark(); one that is set as a colour is read as what it comes to.
  const probe = document.body.appendChild(document.createElement('i'));
  const palette = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(--${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return palette;
}

/** An axis in the page's colours. */
export function axisOf(palette: Palette, rest: uPlot.Axis = {}): uPlot.Axis {
  return { stroke: palette['muted'] ?? '', font: '12px system-ui, sans-serif', grid: { stroke: palette['line'] ?? '', width: 1 }, ticks: { show: false }, gap: 6, size: 34, ...rest };
}

/** Bars that fill most of their place, and are not grotesque where there are few. */
export const bars: uPlot.Series.PathBuilder | undefined = uPlot.paths.bars?.({ size: [0.78, 48], radius: 0.12 });

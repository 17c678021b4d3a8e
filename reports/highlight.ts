/** How a verdict or state is highlighted: by a colour of the terminal, or a class of the page's style. */
export type Highlight = 'good' | 'bad' | 'warn' | 'muted';

import 'uplot/dist/uPlot.min.css';
import './style/page.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './data/connect.ts';
import { Store } from './data/store.ts';

const place = document.getElementById('app') as HTMLElement;
const store = new Store(place.dataset['title'] ?? '');
render(<App store={store} />, place);
connect(store);

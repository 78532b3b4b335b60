import { Look, Problem, type ModeChoice } from '@charter/kit';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useState, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter } from 'react-router';
import { keepMode, keptMode, type ModeProps } from './mode';

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // The session ended meanwhile: what asks for it shows the login.
    onError: (problem, query) => {
      if (problem instanceof Problem && problem.status === 401 && query.queryKey[0] !== '/api/session') void client.invalidateQueries({ queryKey: ['/api/session'] });
    },
  }),
  defaultOptions: { queries: { retry: false, staleTime: 1_000 } },
});

function Console({ app: App }: { app: ComponentType<ModeProps> }) {
  const [mode, setMode] = useState<ModeChoice>(keptMode);
  return (
    <Look mode={mode}>
      <App mode={mode} onMode={chosen => { keepMode(chosen); setMode(chosen); }} />
    </Look>
  );
}

/** Puts a console into its page. */
export function startConsole(app: ComponentType<ModeProps>): void {
  const place = document.getElementById('console');
  if (!place) throw new Error('The page has no place for the console.');
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <HashRouter>
          <Console app={app} />
        </HashRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
}

using OsDeploy.Text;

namespace OsDeploy.Lab.Verbs;

/// <summary>The prompt of whoever opened the classroom. Where nobody can type, it waits for verbs from other terminals.</summary>
internal sealed class LabPrompt(LabDesk desk, TerminalVerbs terminal)
{
    public async Task RunAsync(CancellationToken end)
    {
        if (Console.IsInputRedirected)
        {
            await UntilAsync(end);
            return;
        }

        while (!end.IsCancellationRequested)
        {
            Console.Write("lab> ");

            // Reading a line cannot be taken back: the program ends with it.
            var reading = Task.Run(Console.ReadLine, CancellationToken.None);
            if (await Task.WhenAny(reading, UntilAsync(end)) != reading || await reading is not { } line)
            {
                return;
            }

            await DoAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), end);
        }
    }

    private static async Task UntilAsync(CancellationToken end)
    {
        var ended = new TaskCompletionSource();
        await using var registration = end.Register(ended.SetResult);
        await ended.Task;
    }

    private async Task DoAsync(string[] words, CancellationToken end)
    {
        if (words is [])
        {
            return;
        }

        try
        {
            if (!terminal.TryDo(words))
            {
                Console.Write(await desk.DoAsync(words, end));
            }
        }
        catch (UserErrorException e)
        {
            Console.WriteLine($"{Printable.Of(e.Message, 2000)}\n{Printable.Of(e.Hint, 2000)}");
        }
    }
}

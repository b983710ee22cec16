using System.Text;
using OsDeploy.Lab.Pcs;
using OsDeploy.MachineTests.Terminal;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The screen of a PC that is used from its serial line, as somebody sees it who has watched from the start.</summary>
internal sealed class SerialScreen(QemuPc pc)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly TerminalRecorder _recorder = new(80, 24);
    private int _seen;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task TypeAsync(string keys) => pc.TypeAsync(keys, Cancel);

    /// <exception cref="TimeoutException">It is not shown, with what is instead.</exception>
    public async Task UntilShowsAsync(string text, TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!Look().Contains(text, StringComparison.Ordinal))
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience || pc.IsOff)
            {
                throw new TimeoutException($"\"{text}\" is not on the screen of {pc.Parts.Name}:\n{_recorder.Text}");
            }

            await Task.Delay(s_look, Cancel);
        }
    }

    private string Look()
    {
        var serial = pc.Serial;
        _recorder.Feed(Encoding.UTF8.GetBytes(serial[_seen..]));
        _seen = serial.Length;
        return _recorder.Text;
    }
}

using System.Text;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Tests.Screens.Forms;

/// <summary>Somebody who types these lines one after the other and then goes away.</summary>
internal sealed class ScriptedLines
{
    private readonly StringBuilder _said = new();
    private readonly Queue<string> _typed;

    public ScriptedLines(params IEnumerable<string> typed)
    {
        _typed = new Queue<string>(typed);
        Lines = new PlainLines(new StringWriter(_said) { NewLine = "\n" }, (prompt, _) => Type(prompt), (prompt, _) => Type(prompt + "(hidden) "));
    }

    public PlainLines Lines { get; }

    public PlainPrompt Prompt => new(Lines);

    /// <summary>What was shown, with what was asked.</summary>
    public string Said => _said.ToString();

    public int Left => _typed.Count;

    private Task<string?> Type(string prompt)
    {
        _said.Append(prompt).Append('\n');
        return Task.FromResult(_typed.TryDequeue(out var line) ? line : null);
    }
}

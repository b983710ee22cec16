using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Names and values below each other, aligned. Every value passes <see cref="Printable"/>.</summary>
internal sealed class Facts
{
    private const int MaxText = 1000;

    private readonly List<(string Name, string Text)> _facts = [];

    /// <summary>An empty text is left out.</summary>
    public Facts Add(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _facts.Add((name, Printable.Of(text, MaxText)));
        }

        return this;
    }

    public void Write(TextWriter writer, string indent = "")
    {
        var width = _facts.Select(fact => fact.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, text) in _facts)
        {
            writer.WriteLine($"{indent}{name.PadRight(width)}  {text}");
        }
    }
}

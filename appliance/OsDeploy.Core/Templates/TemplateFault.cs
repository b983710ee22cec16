using OsDeploy.Text;

namespace OsDeploy.Templates;

/// <summary>What is wrong with a template, for whoever edits it.</summary>
/// <param name="Line">1 is the first line; 0: something is missing, and there is no line to show.</param>
public sealed record TemplateFault(int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"Line {Line}: {Message}" : Message;

    internal static TemplateFault Mistyped(int line, string word, Placeholder meant) =>
        new(line, $"{Printable.Of(word)} is not a placeholder; {meant.Word} is ({meant.Meaning}).");

    internal static TemplateFault Missing(Placeholder placeholder) => new(0, $"{placeholder.Word} is missing: it stands for {placeholder.Meaning}.");

    internal static TemplateFault Secret(int line, string what) => new(
        line,
        $"{Printable.Of(what)} holds a secret in clear, for everybody who reads the template. Write one of {string.Join(", ", Placeholder.All.Where(one => one.IsSecret).Select(one => one.Word))} and nothing else.");

    internal static TemplateFault SecretAstray(int line, Placeholder placeholder) =>
        new(line, $"{placeholder.Word} stands for {placeholder.Meaning}, and may not stand here: Windows would show it or write it down.");

    internal static TemplateFault TooDeep(int line) => new(line, "Elements stand in one another more than 64 deep.");

    internal static TemplateFault Empty(int line, string element) =>
        new(line, $"{Printable.Of(element)} is empty, and Windows refuses that. Leave it out.");

    internal static TemplateFault Unreadable(int line, string why) => new(line, $"This cannot be read: {Printable.Of(why)}");

    internal static TemplateFault NotUnattend() => new(1, "This is not an answer file of Windows: it begins with <unattend xmlns=\"urn:schemas-microsoft-com:unattend\">.");

    internal static TemplateFault UnknownPass(int line, string pass) =>
        new(line, $"There is no pass {Printable.Of(pass)}. After a restore Windows reads {string.Join(", ", UnattendRules.Passes)}.");

    internal static TemplateFault Attribute(int line, string name, string values) => new(line, $"A component says {name}=\"{values}\"; Windows passes over it otherwise.");

    internal static TemplateFault NotInf(int line) => new(line, "This is neither a [section], nor a name with = and a value, nor a comment that begins with a semicolon.");

    internal static TemplateFault NoSection(int line) => new(line, "A [section] has to come before this.");

    internal static TemplateFault Twice(int line, string key) => new(line, $"{Printable.Of(key)} stands here for the second time; Windows reads one of them.");

    internal static TemplateFault OtherKey(int line, string key, string right) => new(line, $"This Windows does not read {key}, but {right}.");

    internal static TemplateFault BothJoins(int line) => new(line, "A computer joins a domain or a workgroup, not both.");
}

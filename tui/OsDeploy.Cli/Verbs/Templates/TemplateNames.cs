using System.CommandLine;
using System.Text;
using OsDeploy.Templates;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Templates;

/// <summary>What several verbs of <c>template</c> take.</summary>
internal static class TemplateNames
{
    private const string StandardInput = "-";

    public static Argument<string> Argument() => new("NAME") { Description = "Name of the template: Win10Domain.xml, WinXPWorkgroup.inf." };

    /// <exception cref="UserErrorException"><c>template-missing</c></exception>
    public static TemplateName Parse(string text) => TemplateName.TryParse(text, out var name) ? name : throw TemplateErrors.Missing(text);

    /// <summary>In whatever encoding an editor of Windows wrote it.</summary>
    /// <param name="path"><c>-</c> for what comes through a pipe.</param>
    /// <exception cref="UserErrorException"><c>file-unreadable</c>, <c>file-too-large</c></exception>
    public static async Task<string> ReadAsync(Terminal terminal, string path, CancellationToken cancel) => path == StandardInput
        ? await terminal.ReadAllAsync(cancel)
        : TextOf(await InputFile.ReadBytesAsync(path, AnswerFile.MaxLength * sizeof(char), cancel));

    private static string TextOf(byte[] bytes) => bytes is [0xfe, 0xff, ..] ? Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)) : ForeignText.Of(bytes);
}

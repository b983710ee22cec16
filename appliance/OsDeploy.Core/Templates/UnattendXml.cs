using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OsDeploy.Templates;

/// <summary>
/// <c>unattend.xml</c> of Vista and later. Values become text of elements, never mark-up. Windows refuses elements that are empty, so that
/// those without a value are left out, with all that held nothing else.
/// </summary>
internal static class UnattendXml
{
    private const string JoinAccount = "Identification";

    public static IReadOnlyList<TemplateFault> Check(string text)
    {
        try
        {
            var root = Parse(text).Root!;
            return [.. UnattendRules.Check(root), .. root.DescendantsAndSelf().SelectMany(CheckElement), .. Texts(root).SelectMany(CheckText)];
        }
        catch (XmlException e)
        {
            return [TemplateFault.Unreadable(Math.Max(1, e.LineNumber), e.Message)];
        }
    }

    public static byte[] Fill(string text, HostValues values)
    {
        var document = Parse(text);
        if (values.AccountData is not null)
        {
            // With what djoin made there is no account: Windows takes one way of joining.
            Elements(document.Root!, JoinAccount).ToList().ForEach(Remove);
        }

        foreach (var node in Texts(document.Root!).ToList())
        {
            if (Placeholder.Fill(node.Value, values) is { } filled)
            {
                node.Value = filled;
            }
            else
            {
                Remove(node.Parent!);
            }
        }

        using var file = new MemoryStream();
        using (var writer = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            document.Save(writer);
        }

        return file.ToArray();
    }

    private static XDocument Parse(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = AnswerFile.MaxLength, IgnoreComments = false };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
    }

    private static IEnumerable<XText> Texts(XElement root) => root.DescendantNodes().OfType<XText>().Where(node => !string.IsNullOrWhiteSpace(node.Value));

    private static IEnumerable<XElement> Elements(XElement root, string name) => root.Descendants(UnattendRules.Namespace + name);

    private static IEnumerable<TemplateFault> CheckElement(XElement element)
    {
        if (!element.HasElements && string.IsNullOrWhiteSpace(element.Value))
        {
            yield return TemplateFault.Empty(UnattendRules.LineOf(element), element.Name.LocalName);
        }

        if (element.Name.LocalName == "Password" && element.Parent?.Name.LocalName == "Credentials" && Placeholder.Find(element.Value.Trim()) is null && element.Value.Trim().Length > 0)
        {
            yield return TemplateFault.Secret(UnattendRules.LineOf(element), "A password", "JOINPASSWORD");
        }
    }

    private static IEnumerable<TemplateFault> CheckText(XText node) =>
        Placeholder.MistakeIn(node.Value) is { } mistake ? [TemplateFault.Mistyped(UnattendRules.LineOf(node), mistake.Word, mistake.Meant)] : [];

    // An element goes with the blanks before it, and its parent with it if nothing else is in there.
    private static void Remove(XElement element)
    {
        var parent = element.Parent;
        if (parent is null)
        {
            return; // It went with its parent, or is all there is.
        }

        if (element.PreviousNode is XText { NodeType: XmlNodeType.Text } blanks && string.IsNullOrWhiteSpace(blanks.Value))
        {
            blanks.Remove();
        }

        element.Remove();
        if (!parent.HasElements && string.IsNullOrWhiteSpace(parent.Value))
        {
            Remove(parent);
        }
    }
}

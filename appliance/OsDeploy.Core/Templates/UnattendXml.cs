using System.Collections.Frozen;
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
    private const int MostDepth = 64;

    private static readonly FrozenSet<string> s_secrets = FrozenSet.Create(StringComparer.Ordinal, "Password", "AdministratorPassword", "MachinePassword", "ProductKey", "AccountData");

    public static IReadOnlyList<TemplateFault> Check(string text)
    {
        try
        {
            var root = Parse(text).Root!;
            if (root.Descendants().FirstOrDefault(element => element.Ancestors().Skip(MostDepth - 1).Any()) is { } deep)
            {
                return [TemplateFault.TooDeep(UnattendRules.LineOf(deep))];
            }

            return [.. UnattendRules.Check(root), .. root.DescendantsAndSelf().SelectMany(CheckElement), .. Texts(root).SelectMany(CheckText)];
        }
        catch (XmlException e)
        {
            return [TemplateFault.Unreadable(Math.Max(1, e.LineNumber), e.Message)];
        }
    }

    public static byte[] Fill(string text, HostValues values, SetupCommand? last)
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

        if (last is not null)
        {
            LastCommand.Add(document.Root!, last.Description, last.Path);
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

        if (IsSecret(element) && !element.HasElements && element.Value.Trim().Length > 0 && !Placeholder.IsSecretAlone(element.Value.Trim()))
        {
            yield return TemplateFault.Secret(UnattendRules.LineOf(element), NameOf(element));
        }
    }

    // Passwords of accounts stand in an element Value (Microsoft, "AdministratorPassword", "AutoLogon Password"), that of joining does not.
    private static bool IsSecret(XElement element) =>
        s_secrets.Contains(element.Name.LocalName) || (element.Name.LocalName == "Value" && element.Parent is { } parent && s_secrets.Contains(parent.Name.LocalName));

    private static string NameOf(XElement element) => element.Name.LocalName == "Value" ? element.Parent!.Name.LocalName : element.Name.LocalName;

    private static IEnumerable<TemplateFault> CheckText(XText node)
    {
        if (Placeholder.MistakeIn(node.Value) is { } mistake)
        {
            yield return TemplateFault.Mistyped(UnattendRules.LineOf(node), mistake.Word, mistake.Meant);
        }

        if (!IsSecret(node.Parent!) && Placeholder.In(node.Value).FirstOrDefault(one => one.IsSecret) is { } astray)
        {
            yield return TemplateFault.SecretAstray(UnattendRules.LineOf(node), astray);
        }
    }

    // An element goes with the blanks before it, and so do those around it that held nothing else.
    private static void Remove(XElement element)
    {
        for (var gone = element; gone is { Parent: { } parent }; gone = parent)
        {
            if (gone.PreviousNode is XText { NodeType: XmlNodeType.Text } blanks && string.IsNullOrWhiteSpace(blanks.Value))
            {
                blanks.Remove();
            }

            gone.Remove();
            if (parent.HasElements || !string.IsNullOrWhiteSpace(parent.Value))
            {
                return;
            }
        }
    }
}

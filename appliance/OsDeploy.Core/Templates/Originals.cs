using System.Reflection;

namespace OsDeploy.Templates;

/// <summary>The templates as they are shipped. They are built in, so that no edit can lose them.</summary>
public static class Originals
{
    public static string Of(TemplateName name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("config-templates/" + name)
            ?? throw new InvalidOperationException($"{name} was not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

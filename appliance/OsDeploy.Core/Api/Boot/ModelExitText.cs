using System.Diagnostics.CodeAnalysis;

namespace OsDeploy.Api.Boot;

/// <summary>A model and its ways to the disk as people type and read them.</summary>
public static class ModelExitText
{
    public const string Syntax = "MAKER[/MODEL]:bios=WAY,uefi=WAY";

    public static string Of(ModelExit model)
    {
        var said = new[] { model.Bios is { } bios ? "bios=" + ApiWord.Of(bios) : null, model.Uefi is { } uefi ? "uefi=" + ApiWord.Of(uefi) : null }.OfType<string>();
        return $"{model.Vendor}{(model.Model.Length > 0 ? "/" + model.Model : "")}:{string.Join(',', said)}";
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out ModelExit? model)
    {
        model = null;
        if (text.LastIndexOf(':') is not (> 0 and var at))
        {
            return false;
        }

        var name = text[..at].Split('/', 2);
        var read = new ModelExit(name[0], name.Length > 1 ? name[1] : "");
        foreach (var part in text[(at + 1)..].Split(','))
        {
            switch (part.Split('='))
            {
                case ["bios", var word] when ApiWord.TryParse<BiosExit>(word, out var bios):
                    read = read with { Bios = bios };
                    break;
                case ["uefi", var word] when ApiWord.TryParse<UefiExit>(word, out var uefi):
                    read = read with { Uefi = uefi };
                    break;
                default:
                    return false;
            }
        }

        model = read;
        return true;
    }
}

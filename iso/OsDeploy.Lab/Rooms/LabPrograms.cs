using OsDeploy.Boot;
using OsDeploy.Text;

namespace OsDeploy.Lab.Rooms;

/// <summary>What a classroom is made of: the programs as they are published, and the client build that its PCs start.</summary>
internal sealed record LabPrograms(string Osdeploy, string Daemon, string Helper, string Client)
{
    /// <param name="artifacts">Where build.sh leaves them.</param>
    /// <exception cref="UserErrorException"><c>lab-not-built</c>, or the client build is damaged</exception>
    public static LabPrograms In(string artifacts)
    {
        var programs = new LabPrograms(
            Path.Combine(artifacts, "osdeploy"),
            Path.Combine(artifacts, "osdeployd"),
            Path.Combine(artifacts, "osdeploy-helper"),
            Path.Combine(artifacts, "client/current"));
        foreach (var program in new[] { programs.Osdeploy, programs.Daemon, programs.Helper, Path.Combine(programs.Client, ClientBuild.Description) })
        {
            if (!File.Exists(program))
            {
                throw LabErrors.NotBuilt(Printable.Of(program));
            }
        }

        _ = ClientBuild.Load(programs.Client);
        return programs;
    }

    /// <summary>The appliance's medium.</summary>
    /// <exception cref="UserErrorException"><c>lab-not-built</c></exception>
    public static string MediumIn(string artifacts)
    {
        var medium = Path.Combine(artifacts, ImageBuilder.Appliance.ApplianceImage.Name);
        return File.Exists(medium) ? medium : throw LabErrors.NotBuilt(Printable.Of(medium));
    }
}

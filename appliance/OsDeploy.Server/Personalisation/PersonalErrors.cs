namespace OsDeploy.Server.Personalisation;

/// <summary>Every sentence about templates, and about files that hosts get besides their image.</summary>
internal static class PersonalErrors
{
    public static UserErrorException ContentNotNamed() => new(
        "content-missing", "This computer's job names no such file.", "Bring the agent and the appliance to the same version of osdeploy.");
}
